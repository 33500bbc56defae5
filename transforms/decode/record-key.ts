import type { Findings } from '../findings.js';
import type { Message, ReadingStatus } from '../reading.js';
import type { DecodeOptions } from './decode-options.js';
import { fastTime, readTime } from './event-time.js';
import { readId } from './identifiers.js';

/** FHIR's words for a status, folded into the three that versions are ordered by. */
const STATUSES: ReadonlyMap<unknown, ReadingStatus> = new Map<unknown, ReadingStatus>([
  ['final', 'final'],
  ['preliminary', 'final'],
  ['corrected', 'corrected'],
  ['amended', 'corrected'],
  ['entered-in-error', 'entered-in-error'],
  ['cancelled', 'entered-in-error'],
]);

/** Row 72 and 73: version 1 in any minor; a message without a version is of version 1. */
export function isSupportedVersion(version: unknown): boolean {
  if (version === 1 || version === undefined || version === null) return true;
  if (typeof version === 'number') return Math.trunc(version) === 1;
  return typeof version === 'string' && /^1(?:\.\d{1,9}){0,3}$/.test(version.trim());
}

/** The patient's id on the wire; null when the item was refused (NO_PATIENT, ID, CONTROL, PRECISION, TYPE). */
export function readPatient(value: unknown, numberedAs: string | null, findings: Findings): string | null {
  const { id, problem } = readId(value, 'patient_id', findings);
  if (id !== null) return id;
  if (problem === null && numberedAs !== null) {
    findings.flag('patient_id', 'NUMBERED');
    return numberedAs;
  }
  if (problem === null) findings.refuseItem('patient_id', 'NO_PATIENT', 'no patient');
  else findings.refuseItem('patient_id', problem.reason, problem.detail);
  return null;
}

/** When it was measured, epoch ms; NaN when the item was refused (DATE, NO_TZ, PRECISION). */
export function readEventTime(
  value: unknown,
  options: DecodeOptions,
  numbered: boolean,
  message: Message,
  findings: Findings,
): number {
  const fast = typeof value === 'string' ? fastTime(value) : NaN;
  if (fast === fast) return fast;
  if (numbered && (value === undefined || value === null)) {
    findings.flag('event_time', 'NUMBERED');
    return message.receive_time;
  }
  const { time, codes, reason, detail } = readTime(value, options.timezone);
  for (const code of codes) findings.flag('event_time', code);
  if (reason !== null) findings.refuseItem('event_time', reason, detail);
  return time;
}

/** When the sender sent this version, epoch ms; an unreadable one is nulled and rejected by itself. */
export function readSentTime(value: unknown, timezone: string | null, findings: Findings): number | null {
  if (value === undefined || value === null) return null;
  const fast = typeof value === 'string' ? fastTime(value) : NaN;
  if (fast === fast) return fast;
  const { time, codes, reason, detail } = readTime(value, timezone);
  for (const code of codes) findings.flag('sent_time', code);
  return reason === null ? time : findings.refuse('sent_time', reason, detail);
}

/** The status that a word stands for; null for a word that is none. */
export function foldStatus(word: unknown): ReadingStatus | null {
  return STATUSES.get(word) ?? null;
}

/** final unless stated; null when the item was refused: a word that is not understood may well be a withdrawal. */
export function readStatus(value: unknown, findings: Findings): ReadingStatus | null {
  if (value === undefined || value === null) return 'final';
  const status = foldStatus(value);
  if (status === null) findings.refuseItem('status', 'TYPE', 'not final, corrected or entered-in-error');
  else if (status !== value) findings.flag('status', 'ALIAS');
  return status;
}

/**
 * What stays the same when a flat record is sent again or corrected: event time, the device's counter (else the names of
 * the vitals that the source reported), device. Never a value, never a message id; the device stands last because it may
 * hold any character.
 */
export function identityOf(
  eventTime: number,
  sequence: number | null,
  reported: readonly string[],
  device: string | null,
): string {
  const key = sequence === null ? reported.join(',') : `s${sequence}`;
  return device === null ? `${eventTime}|${key}` : `${eventTime}|${key}|${device}`;
}
