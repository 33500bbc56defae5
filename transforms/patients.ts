import type { PatientRecord } from './patient-record.js';
import type { Pseudonymizer } from './pseudonym.js';

/** Who a patient was at a time. */
export interface PatientDirectory {
  /**
   * The stay that covers a time.
   * @param patientId in the form that the directory's rows have: the pseudonym in the pipeline
   * @param at epoch milliseconds
   * @returns null for a patient, or a time, that no stay covers
   */
  find(patientId: string, at: number): PatientRecord | null;
}

/** The directory of a run without patients: nobody is known, and everybody is scored all the same. */
export const NO_PATIENTS: PatientDirectory = { find: () => null };

/**
 * A directory over rows in memory. A patient may have several stays; each covers `valid_from <= t < valid_to`. Where
 * stays overlap, the one that began last counts, and of two that began together the later row.
 */
export function makePatientDirectory(rows: readonly PatientRecord[]): PatientDirectory {
  const stays = new Map<string, PatientRecord[]>();
  for (const row of rows) {
    const known = stays.get(row.patient_id);
    if (known === undefined) stays.set(row.patient_id, [row]);
    else known.push(row);
  }
  for (const known of stays.values()) known.sort((a, b) => a.valid_from - b.valid_from);
  return {
    find(patientId, at) {
      const known = stays.get(patientId);
      if (known === undefined) return null;
      for (let i = known.length - 1; i >= 0; i--) {
        const stay = known[i] as PatientRecord;
        if (stay.valid_from <= at && (stay.valid_to === null || at < stay.valid_to)) return stay;
      }
      return null;
    },
  };
}

/** A row as the lake holds it: the pseudonym as patient_id, the id on the wire beside it. */
export function withPseudonym(record: PatientRecord, pseudonym: Pseudonymizer): PatientRecord {
  return { ...record, patient_id: pseudonym(record.patient_id), source_patient_id: record.patient_id };
}
