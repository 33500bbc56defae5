import type { Consciousness, ReadingStatus } from './reading.js';
import type { VitalValues } from '../schema/vitals.js';

/** What decides whether a reading is worth a row. */
export interface Usable extends VitalValues {
  readonly status: ReadingStatus;
  readonly supplemental_oxygen: boolean | null;
  readonly consciousness: Consciousness | null;
}

/**
 * True when a reading has a vital sign, or is a tombstone (which needs none). Consciousness and oxygen are no vitals, but
 * where they alone raise a score (C, V, P or U; on oxygen) losing them could hide a patient who gets worse.
 */
export function isUsable(reading: Usable): boolean {
  return (
    reading.heart_rate !== null ||
    reading.respiratory_rate !== null ||
    reading.spo2 !== null ||
    reading.systolic_bp !== null ||
    reading.diastolic_bp !== null ||
    reading.mean_bp !== null ||
    reading.temperature !== null ||
    reading.glucose !== null ||
    reading.status === 'entered-in-error' ||
    reading.supplemental_oxygen === true ||
    (reading.consciousness !== null && reading.consciousness !== 'A')
  );
}
