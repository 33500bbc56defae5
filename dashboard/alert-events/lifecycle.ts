import type { AlertAction } from '../api.js';
import type { AlertEventRow } from '../../schema/tables/gold-alert-events.js';

/** Names and notes of people: enough for what they are, and no place to hide a document in. */
const MAX_WHO = 100;
const MAX_NOTE = 1_000;

/** What an action means for an alert with a history. */
export type Verdict = 'record' | 'repeat' | 'refuse';

/**
 * The life of an alert: open, acknowledged, resolved; an open one may be resolved at once. Acknowledging what somebody has
 * acknowledged, and resolving what the same person has resolved, repeats what stands and records nothing. Nothing follows
 * resolved.
 */
export function judge(history: readonly Pick<AlertEventRow, 'status' | 'who'>[], action: AlertAction): Verdict {
  const last = history.at(-1);
  if (last === undefined) return 'record';
  if (last.status === 'resolved') return action.status === 'resolved' && last.who === action.who ? 'repeat' : 'refuse';
  return action.status === 'acknowledged' ? 'repeat' : 'record';
}

/**
 * An action out of what somebody sent, trimmed; else what is wrong with it.
 *
 * @param value anything that was parsed from JSON
 */
export function actionOf(value: unknown): AlertAction | { readonly problem: string; readonly remedy: string } {
  if (typeof value !== 'object' || value === null) return wrong('The body is not an object', 'Send {"status", "who"}');
  const { status, who, note } = value as Readonly<Record<string, unknown>>;
  if (status !== 'acknowledged' && status !== 'resolved') {
    return wrong('status is none of its values', 'Give acknowledged or resolved');
  }
  const [name, text] = [cleaned(who), cleaned(note ?? '')];
  if (name === null || name === '' || name.length > MAX_WHO) {
    return wrong('who is missing or too long', `Say who acts, in at most ${MAX_WHO} characters`);
  }
  if (text === null || text.length > MAX_NOTE) {
    return wrong('note is no text, or too long', `Give at most ${MAX_NOTE} characters`);
  }
  return { status, who: name, ...(text === '' ? {} : { note: text }) };
}

/** Without what no name or note has: control characters, and those that turn the direction of text around. */
function cleaned(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  return value.replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
}

function wrong(problem: string, remedy: string): { readonly problem: string; readonly remedy: string } {
  return { problem, remedy };
}
