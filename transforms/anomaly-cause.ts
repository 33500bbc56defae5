import type { ModelFeature } from '../model/model.js';
import type { Flags } from './reading.js';

/**
 * Codes that say the device did not measure the patient: a disconnected sensor, a "no value" number, a value that no
 * patient has, a pressure at or above its systolic.
 */
const SENSOR_CODES: readonly string[] = ['PROBE_OFF', 'SENTINEL', 'RANGE', 'BP_ORDER', 'BP_EQUAL'];

/**
 * Whether an unusual reading looks like the patient or like the sensor, by evidence in the reading itself: the sensor,
 * when a vital that the model reads carries one of the codes above. What needs neighbours (a flat line,
 * a jump) is judged in gold.
 */
export function anomalyCause(flags: Flags | null, features: readonly ModelFeature[]): 'patient' | 'sensor' {
  if (flags === null) return 'patient';
  for (const feature of features) {
    if (flags[feature.name]?.some((code) => SENSOR_CODES.includes(code)) === true) return 'sensor';
  }
  return 'patient';
}
