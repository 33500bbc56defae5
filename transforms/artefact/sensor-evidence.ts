import { VITAL_NAMES, type VitalName } from '../../schema/vitals.js';
import { isChild } from '../clinical/interval.js';
import type { Flags } from '../reading.js';
import { LOW_SYSTOLIC } from './evidence-limits.js';

/** What decides whether a code speaks against the sensor. */
export interface Judged {
  readonly systolic_bp: number | null;
  /** Years; null is unknown, and counts as adult. */
  readonly age: number | null;
}

/** A flag that says that a device did not measure the patient. */
interface SensorCode {
  /** The vitals that it speaks against where it stands on one of them. */
  readonly vitals: readonly VitalName[];
  readonly when?: (reading: Judged) => boolean;
}

/**
 * The flags that are evidence of a sensor's fault. The first four come with a value that is null already. The others keep
 * their value in silver, and only where no dying patient could show it:
 *
 * - `ZERO` of the saturation (an oximeter without a pulse shows no number) and of the systolic (a transducer open to air);
 *   not of respiration, which may be apnoea, nor of glucose, where a meter's LO may have become 0.
 * - `BP_EQUAL` above hypotension (a flush, a closed tap); a low pressure without a pulse may be an arrest with a rhythm.
 * - `UNIT_SLIP` not of a known child: the newborn may be awake at such a glucose.
 */
const SENSOR_CODES: Readonly<Record<string, SensorCode>> = {
  PROBE_OFF: { vitals: VITAL_NAMES },
  SENTINEL: { vitals: VITAL_NAMES },
  RANGE: { vitals: VITAL_NAMES },
  BP_ORDER: { vitals: VITAL_NAMES },
  ZERO: { vitals: ['spo2', 'systolic_bp'] },
  BP_EQUAL: {
    vitals: ['systolic_bp', 'diastolic_bp'],
    when: ({ systolic_bp }) => systolic_bp === null || systolic_bp > LOW_SYSTOLIC,
  },
  LINE_FLUSH: { vitals: ['systolic_bp', 'diastolic_bp'] },
  CARDIAC_OVERLAY: { vitals: ['respiratory_rate'] },
  RATE_ORDER: { vitals: ['respiratory_rate'] },
  RATE_SWAP: { vitals: ['heart_rate', 'respiratory_rate'] },
  UNIT_SLIP: { vitals: ['glucose'], when: ({ age }) => !isChild(age) },
};

/** Shared by every reading whose sensors are not in doubt. */
const NONE: readonly string[] = Object.freeze([]);

/** The fields of a reading that its flags hold against their sensor; a shared empty list when there are none. */
export function doubtedFields(flags: Flags | null, reading: Judged): readonly string[] {
  if (flags === null) return NONE;
  let found: string[] | null = null;
  for (const field in flags) {
    for (const code of flags[field] as readonly string[]) {
      if (!Object.hasOwn(SENSOR_CODES, code)) continue;
      const { vitals, when } = SENSOR_CODES[code] as SensorCode;
      if (!vitals.some((vital) => vital === field) || when?.(reading) === false) continue;
      found ??= [];
      // Equal pressures are noted once, on the systolic, and doubt both.
      found.push(field, ...(code === 'BP_EQUAL' ? ['diastolic_bp'] : []));
    }
  }
  return found ?? NONE;
}
