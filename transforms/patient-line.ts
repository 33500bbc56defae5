import { ConfigurationError } from '../schema/errors.js';
import type { PatientRecord } from './patient-record.js';

type Fields = Readonly<Record<string, unknown>>;

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Ages outside are a mistake in the file. */
const OLDEST_YEARS = 130;

/**
 * Reads one line of a patients file (NDJSON, the columns of reference.patients; `patient_id` is the id on the wire).
 * Times are ISO with a zone, or epoch milliseconds; without valid_from the row counts from 1970. `conditions` is an
 * array of names, the JSON text of one, or one name. A file may give `age`, in whole years at valid_from, instead of
 * birth_date. Unknown fields are ignored.
 *
 * @param line 1-based number of the line, for the message
 * @throws ConfigurationError naming the line and the field, never the value: it may identify a person
 */
export function parsePatientLine(json: string, line = 1): PatientRecord {
  const fail = (problem: string, remedy: string): never => {
    throw new ConfigurationError('--patients', `line ${line}: ${problem}`, remedy);
  };
  const fields = parseObject(json) ?? fail('is not a JSON object', 'Write one JSON object a line');
  const text = (name: string): string | null => {
    const value = fields[name] ?? null;
    if (value === null || value === '') return null;
    return typeof value === 'string' ? value : fail(`${name} is not text`, 'Put it in quotes');
  };
  const time = (name: string): number | null => {
    const value = fields[name] ?? null;
    if (value === null) return null;
    const millis = typeof value === 'number' ? value : typeof value === 'string' ? parseTime(value) : NaN;
    return Number.isFinite(millis) ? millis : fail(`${name} is not a time`, 'Write it as 2026-11-21T07:20:50Z');
  };
  const birthDate = text('birth_date');
  if (birthDate !== null && !isDate(birthDate)) fail('birth_date is not a date', 'Write it as 1950-06-07');
  const scale = fields['spo2_scale'] ?? null;
  if (scale !== null && scale !== 1 && scale !== 2) fail('spo2_scale is neither 1 nor 2', 'Leave it out for scale 1');
  const pregnant = fields['pregnant'] ?? null;
  if (pregnant !== null && typeof pregnant !== 'boolean') fail('pregnant is not true or false', 'Write it unquoted');
  const age = fields['age'] ?? null;
  if (age !== null && !(Number.isInteger(age) && (age as number) >= 0 && (age as number) <= OLDEST_YEARS)) {
    fail('age is not a number of whole years', `Write 0 to ${OLDEST_YEARS}`);
  }
  return {
    patient_id: (text('patient_id') ?? fail('has no patient_id', 'Give the id that the readings carry')).normalize(),
    source_patient_id: text('source_patient_id'),
    name: text('name'),
    birth_date: birthDate,
    sex: text('sex'),
    ward: text('ward'),
    bed: text('bed'),
    device_id: text('device_id'),
    conditions: conditionsOf(fields['conditions']),
    spo2_scale: scale as 1 | 2 | null,
    pregnant: pregnant as boolean | null,
    valid_from: time('valid_from') ?? 0,
    valid_to: time('valid_to'),
    age_at_valid_from: birthDate === null ? (age as number | null) : null,
  };
}

function parseObject(json: string): Fields | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
  } catch {
    return null;
  }
}

/** A day is its start in UTC; a time of day needs its zone. */
function parseTime(text: string): number {
  return DATE.test(text) || /(Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : NaN;
}

/** A real day: Date.parse would turn February 30 into March 2. */
function isDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  const millis = Date.parse(text);
  return Number.isFinite(millis) && new Date(millis).toISOString().startsWith(text);
}

/** The column's form: a JSON array of names, sorted. */
function conditionsOf(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  const parsed = typeof value === 'string' && value.startsWith('[') ? parseArray(value) : value;
  const names = Array.isArray(parsed) ? parsed.map(String) : [String(parsed)];
  return JSON.stringify([...new Set(names)].sort());
}

function parseArray(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
