import { iso } from './moment.js';
import { stateOf, type Question } from './question.js';
import { MINUTE, minuteOf } from './times.js';

/** Who a patient is, as far as a chart needs it: no name, no date of birth. */
export interface PatientRecord {
  readonly ward: string | null;
  readonly bed: string | null;
  readonly age: number | null;
  readonly sex: string | null;
  readonly conditions: readonly string[];
  readonly spo2_scale: number | null;
}

/** Readings that say where a patient lies and how old they are: the last ones. */
const RECENT = 5 * MINUTE;

/**
 * What is on record of a patient, and what the last readings say, which is newer. Null when neither the records nor any
 * patient-minute know the pseudonym.
 */
export async function patientRecord(question: Question, id: string): Promise<PatientRecord | null> {
  const { asOf, frontier } = question.moment;
  // A patient moves rarely: while the hospital is live, what was read stands for the minute.
  const state = asOf === null ? minuteOf(frontier) : stateOf(question, []);
  const key = `record ${state} ${JSON.stringify(id)}`;
  // Who is unknown may have come in since.
  return (await question.parts.get(key, () => read(question, id))) ?? read(question, id);
}

async function read(question: Question, id: string): Promise<PatientRecord | null> {
  const { store, moment } = question;
  const stay = `SELECT ward, bed, sex, conditions, spo2_scale,
      date_diff('year', birth_date, CAST(CAST($2 AS TIMESTAMPTZ) AS DATE)) AS turned,
      strftime(birth_date, '%m%d') > strftime(CAST($2 AS TIMESTAMPTZ), '%m%d') AS ahead
    FROM reference.patients WHERE patient_id = $1 ORDER BY valid_from DESC LIMIT 1`;
  const last = `SELECT max_by(ward, event_time) AS ward, max_by(bed, event_time) AS bed, max_by(age, event_time) AS age,
      max_by(spo2_scale, event_time) AS spo2_scale FROM silver.patient_vitals WHERE patient_id = $1`;
  const seen = `SELECT max_by(ward, window_start) AS ward FROM gold.patient_summary WHERE patient_id = $1
    HAVING count(*) > 0`;
  const recent = { 'silver.patient_vitals': { from: moment.frontier - RECENT, to: Infinity } };
  const [[on], [now]] = await Promise.all([
    store.ask(moment, stay, [id, iso(moment.frontier)]),
    store.ask(moment, last, [id], recent),
  ]);
  const known = on !== undefined || Object.values(now ?? {}).some((value) => value !== null);
  const [before] = known ? [] : await store.ask(moment, seen, [id]);
  if (!known && before === undefined) return null;
  const turned = typeof on?.['turned'] === 'number' ? on['turned'] - (on['ahead'] === true ? 1 : 0) : null;
  return {
    ward: (now?.['ward'] ?? on?.['ward'] ?? before?.['ward'] ?? null) as string | null,
    bed: (now?.['bed'] ?? on?.['bed'] ?? null) as string | null,
    age: (now?.['age'] ?? turned) as number | null,
    sex: (on?.['sex'] ?? null) as string | null,
    conditions: typeof on?.['conditions'] === 'string' ? (JSON.parse(on['conditions']) as string[]) : [],
    spo2_scale: (now?.['spo2_scale'] ?? on?.['spo2_scale'] ?? null) as number | null,
  };
}
