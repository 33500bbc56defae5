import type { SearchAnswer } from '../api.js';
import { patientsNow } from './patients-now.js';
import type { Question } from './question.js';

const FOUND = 20;

/**
 * Patients whose pseudonym, ward or bed begins with a text, in any case: those of the last hour first, then by the stays on
 * record.
 */
export async function search(question: Question, text: string): Promise<SearchAnswer> {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return { patients: [] };
  const begins = (value: string | null) => value !== null && value.toLowerCase().startsWith(wanted);
  const here = (await patientsNow(question)).filter(
    ({ patient_id, ward, bed }) => begins(patient_id) || begins(ward) || begins(bed),
  );
  const patients = new Map(here.map(({ patient_id, ward, bed }) => [patient_id, { patient_id, ward, bed }]));
  if (patients.size < FOUND) {
    for (const stay of await staysLike(question, wanted)) {
      if (!patients.has(stay.patient_id)) patients.set(stay.patient_id, stay);
    }
  }
  return { patients: [...patients.values()].slice(0, FOUND) };
}

async function staysLike(question: Question, wanted: string): Promise<SearchAnswer['patients']> {
  const sql = `SELECT patient_id, ward, bed FROM reference.patients
    WHERE starts_with(lower(patient_id), $1) OR starts_with(lower(ward), $1) OR starts_with(lower(bed), $1)
    ORDER BY patient_id, valid_from LIMIT ${FOUND}`;
  return (await question.store.ask(question.moment, sql, [wanted])) as unknown as SearchAnswer['patients'];
}
