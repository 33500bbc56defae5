import type { ModelFeature } from '../model/model.js';
import { doubtedFields, type Judged } from './artefact/sensor-evidence.js';
import type { Flags } from './reading.js';

/** Whether the patient or the sensor is behind what looks unusual. */
export type Cause = 'patient' | 'sensor';

/**
 * Whether the anomaly score of a reading speaks of the patient or of the sensor, by evidence in the reading itself: of the
 * sensor, when a vital that the model reads is in doubt (artefact/sensor-evidence.ts). What needs neighbours (a flat
 * line, a jump) is judged in gold.
 */
export function anomalyCause(
  reading: Judged & { readonly flags: Flags | null },
  features: readonly Pick<ModelFeature, 'name'>[],
): Cause {
  const doubted = doubtedFields(reading.flags, reading);
  return features.some((feature) => doubted.includes(feature.name)) ? 'sensor' : 'patient';
}
