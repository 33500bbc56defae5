import type { VitalShift } from '../profiles.js';

/** The vital signs whose usual level an export tells. */
export type MeasuredVital = 'heart_rate' | 'respiratory_rate' | 'systolic_bp' | 'diastolic_bp' | 'glucose';

/** A person of a Synthea export. */
export interface SyntheaPerson {
  /** As in the export, a UUID. */
  readonly id: string;
  readonly name: string;
  /** ISO date. */
  readonly birth_date: string;
  readonly sex: 'female' | 'male';
  /** Names of conditions.ts that last, sorted. */
  readonly conditions: readonly string[];
  readonly pregnant: boolean;
  /** Means of the last measurements; what was never measured is absent. */
  readonly vitals: Readonly<Partial<Record<MeasuredVital, number>>>;
}

/** What {@link SyntheaPerson.vitals} come to as a shift of the baseline. */
export type MeasuredShift = Partial<Pick<VitalShift, MeasuredVital>>;
