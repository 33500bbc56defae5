import type { AlertStatus, Severity } from '../api.js';
import type { AlertsQuestion } from '../queries/alerts.js';
import type { PatientQuestion } from '../queries/patient.js';

/** A question that cannot be asked so: answered with 400. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest';

  constructor(
    readonly problem: string,
    readonly remedy: string,
  ) {
    super(problem);
  }
}

const DEFAULT_LIMIT = 200;
const MAX_LIMIT = 1_000;
const MAX_TEXT = 200;
/** A year drawn in hours is 8,784 points; more is a mistake. */
const MAX_RANGE = 366 * 86_400_000;

const STATUSES: readonly AlertStatus[] = ['open', 'acknowledged', 'resolved'];
const SEVERITIES: readonly Severity[] = ['warning', 'urgent', 'critical'];

/** The time that was asked for, epoch ms; null for now. */
export function asOfOf(query: URLSearchParams): number | null {
  return timeOf(query, 'as_of');
}

export function limitOf(query: URLSearchParams): number {
  const text = query.get('limit');
  if (text === null || text === '') return DEFAULT_LIMIT;
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw new BadRequest('limit is not a number of rows', `Give one from 1 to ${MAX_LIMIT}`);
}

export function textOf(query: URLSearchParams, name: string): string | null {
  const text = query.get(name);
  if (text === null || text === '') return null;
  if (text.length > MAX_TEXT) throw new BadRequest(`${name} is too long`, `Give at most ${MAX_TEXT} characters`);
  return text;
}

export function patientQuestionOf(query: URLSearchParams): PatientQuestion {
  const id = textOf(query, 'id');
  if (id === null) throw new BadRequest('id is missing', 'Name a patient by the pseudonym');
  return { id, ...rangeOf(query) };
}

export function alertsQuestionOf(query: URLSearchParams): AlertsQuestion {
  return {
    status: oneOf(query, 'status', STATUSES),
    severity: oneOf(query, 'severity', SEVERITIES),
    ward: textOf(query, 'ward'),
    rule: textOf(query, 'rule'),
    patient: textOf(query, 'patient'),
    ...rangeOf(query),
    limit: limitOf(query),
  };
}

function rangeOf(query: URLSearchParams): { readonly from: number | null; readonly to: number | null } {
  const [from, to] = [timeOf(query, 'from'), timeOf(query, 'to')];
  if (from !== null && to !== null && (from >= to || to - from > MAX_RANGE)) {
    throw new BadRequest('from and to are no range', 'Let from be before to, by a year at most');
  }
  return { from, to };
}

/** ISO 8601 with a zone: a time without one would be somebody's local time. */
function timeOf(query: URLSearchParams, name: string): number | null {
  const text = query.get(name);
  if (text === null || text === '') return null;
  const time = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : NaN;
  if (!Number.isNaN(time)) return time;
  throw new BadRequest(`${name} is no time`, 'Write it like 2026-11-21T07:00:00Z');
}

function oneOf<T extends string>(query: URLSearchParams, name: string, values: readonly T[]): T | null {
  const text = textOf(query, name);
  if (text === null) return null;
  const value = values.find((known) => known === text);
  if (value !== undefined) return value;
  throw new BadRequest(`${name} is none of its values`, `Give one of ${values.join(', ')}`);
}
