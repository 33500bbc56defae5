import type { PatientRow } from '../schema/tables/reference-patients.js';

/** A person and stay as a patients file tells it. */
export interface PatientRecord extends PatientRow {
  /** Whole years at valid_from, where the file gives an age instead of a date of birth. Not a column of the lake. */
  readonly age_at_valid_from?: number | null;
}
