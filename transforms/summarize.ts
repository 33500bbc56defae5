import { register, type PCollection } from '../beam/index.js';
import { apply, parDo, type Block, type Transform } from './block.js';
import { addPatientMinute, addReading, emptyPatientMinute, type PatientMinute } from './patient-minute.js';
import type { SilverRow } from '../schema/tables/silver-patient-vitals.js';
import { ONE_MINUTE, windowStart } from './window.js';

export { emptyPatientMinute, type PatientMinute } from './patient-minute.js';
export { patientSummaryRow, type Pane } from './patient-summary-row.js';

/**
 * Combines readings into one accumulator a patient and minute of event time: counts, sums, extremes and last value of
 * each vital, the worst NEWS2, the worst anomaly.
 *
 * Stands beside silver, before any shuffle: patient-minutes cross it, not readings.
 *
 * In: scored readings, the current version of each only (the commit knows it); tombstones are passed over, so that a
 * minute of nothing else does not appear. Out: accumulators, one a key, in the order in which the keys first appear.
 * Delivery: pure; any partition and order of the same readings merges to the same row.
 */
export function summarize(readings: readonly SilverRow[]): PatientMinute[] {
  const minutes: PatientMinute[] = [];
  const byWindow = new Map<number, Map<string, PatientMinute>>();
  let start = NaN;
  let byPatient = new Map<string, PatientMinute>();
  for (const reading of readings) {
    if (reading.status === 'entered-in-error') continue;
    const window = windowStart(reading.event_time, ONE_MINUTE);
    if (window !== start) {
      start = window;
      byPatient = byWindow.get(window) ?? new Map<string, PatientMinute>();
      byWindow.set(window, byPatient);
    }
    let minute = byPatient.get(reading.patient_id);
    if (minute === undefined) {
      minute = emptyPatientMinute(reading.patient_id, window);
      byPatient.set(reading.patient_id, minute);
      minutes.push(minute);
    }
    addReading(minute, reading);
  }
  return minutes;
}

/**
 * One accumulator for what two of the same patient and minute hold; neither is changed.
 * Associative and commutative; the empty minute is neutral. Both must be of different readings: a merge adds.
 */
export function mergePatientMinutes(a: PatientMinute, b: PatientMinute): PatientMinute {
  const merged: PatientMinute = { ...a, vitals: a.vitals.slice(), last_ids: a.last_ids.slice() };
  addPatientMinute(merged, b);
  return merged;
}

/** Summarizes a block of current readings: one accumulator a patient and minute leaves, not readings. */
export class SummarizeReadings {
  *process(block: Block<SilverRow>): Generator<Block<PatientMinute>> {
    yield summarize(block);
  }
}

/** {@link summarize} over blocks; a block holds all that its bundle has of a window and bucket. */
export function summarizeBlocks(): Transform<Block<SilverRow>, PCollection<Block<PatientMinute>>> {
  return (input) => apply(input, 'Rows', parDo(new SummarizeReadings()));
}

register('transforms/summarize', { SummarizeReadings });
