import type { VitalName } from '../../schema/vitals.js';
import type { Reading } from '../reading.js';
import type { Unit } from '../units.js';

/** The unit that the source wrote beside a vital; a vital without an entry came without a unit. */
export type VitalUnits = Readonly<Partial<Record<VitalName, Unit>>>;

/**
 * What decode hands to cleanse: a reading as its source gave it. Identifiers, times and types are already sound; vitals
 * are numbers in the unit that `units` names (else presumably the canonical one), neither judged, converted nor rounded.
 */
export interface DecodedReading extends Reading {
  /** Null when no vital came with a unit. */
  readonly units: VitalUnits | null;
  /** The source says that an ECG lead is off. */
  readonly lead_off: boolean;
  /** The source says that a probe (finger clip, temperature) is off. */
  readonly probe_off: boolean;
}
