import type { Findings } from '../findings.js';
import type { Reason } from '../reject.js';

/** Longest identifier or label, in UTF-16 units: FHIR ids have 64, HL7 v2 identifiers are shorter still (row 81). */
export const LONGEST_ID = 128;

/** Bidirectional controls, zero-width and other characters that are not seen: two ids would look alike (row 77). */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

/** C0 and C1 controls but tab, CR and LF (row 85): they steer terminals. */
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

/** `../`, a backslash, percent-encoding: ways out of a path (rows 78, 79). */
const TRAVERSAL = /\.\.\/|\/\.\.|\\|%[0-9a-f]{2}|^\.{1,2}$/i;

/** `a/b`, `/a` and `k=v`: they read as a path or as a partition (row 80). Markup and formulas pass (rows 83, 84). */
const PATH_LIKE = /(?:^|[\w.])\/|^[\w.-]+=/;

interface TextProblem {
  readonly reason: Reason;
  readonly detail: string;
}

/** True when every character is one of `A-Z a-z 0-9 . _ -` and it is not a dot path: nearly every id there is. */
export function isPlainId(text: string): boolean {
  const length = text.length;
  if (length === 0 || length > LONGEST_ID || text.charCodeAt(0) === 0x2e) return false;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    const plain =
      (code >= 0x61 && code <= 0x7a) ||
      (code >= 0x30 && code <= 0x39) ||
      (code >= 0x41 && code <= 0x5a) ||
      code === 0x2d ||
      code === 0x2e ||
      code === 0x5f;
    if (!plain) return false;
  }
  return true;
}

/** An identifier that was read; `id` is null when there is none or when it is unsound (then `problem` says why). */
export interface IdReading {
  readonly id: string | null;
  readonly problem: TextProblem | null;
}

const NO_ID: IdReading = { id: null, problem: null };

/**
 * Reads an identifier (patient, device): what a reading is known by, so an unsound one is never repaired by guessing.
 * Repairs: NFC (decomposed letters are composed), NUMERIC_ID. Problems: ID, CONTROL, PRECISION, TYPE.
 */
export function readId(value: unknown, field: string, findings: Findings): IdReading {
  if (value === undefined || value === null) return NO_ID;
  if (typeof value === 'number') return readNumericId(value, field, findings);
  if (typeof value !== 'string') return { id: null, problem: { reason: 'TYPE', detail: 'not a string' } };
  if (isPlainId(value)) return { id: value, problem: null };
  if (value.trim() === '') return NO_ID;
  const id = composed(value, field, findings);
  const problem = textProblem(id) ?? (PATH_LIKE.test(id) ? { reason: 'ID', detail: 'reads as a path' } : null);
  return problem === null ? { id, problem } : { id: null, problem };
}

/**
 * Reads a label (ward, bed): text that is shown, never a key or a path, so it may hold nearly anything.
 * An unsound one is nulled and rejected by itself (ID, CONTROL, TYPE); the reading goes through.
 */
export function readLabel(value: unknown, field: string, findings: Findings): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' && isPlainId(value)) return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) {
    findings.flag(field, 'NUMERIC_ID');
    return String(value);
  }
  if (typeof value !== 'string') return findings.refuse(field, 'TYPE', 'not a string');
  if (value.trim() === '') return null;
  const label = composed(value, field, findings);
  const problem = textProblem(label);
  return problem === null ? label : findings.refuse(field, problem.reason, problem.detail);
}

function readNumericId(value: number, field: string, findings: Findings): IdReading {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
    findings.flag(field, 'NUMERIC_ID');
    return { id: String(value), problem: null };
  }
  const large = Number.isNaN(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER;
  return {
    id: null,
    problem: large
      ? { reason: 'PRECISION', detail: 'a number above 2^53 loses digits' }
      : { reason: 'TYPE', detail: 'not a whole number' },
  };
}

function composed(text: string, field: string, findings: Findings): string {
  const form = text.normalize('NFC');
  if (form !== text) findings.flag(field, 'NFC');
  return form;
}

function textProblem(text: string): TextProblem | null {
  if (text.length > LONGEST_ID) return { reason: 'ID', detail: 'longer than 128 characters' };
  if (INVISIBLE.test(text)) return { reason: 'ID', detail: 'an invisible character' };
  if (CONTROLS.test(text)) return { reason: 'CONTROL', detail: 'a control character' };
  if (TRAVERSAL.test(text)) return { reason: 'ID', detail: 'a way out of a path' };
  return null;
}
