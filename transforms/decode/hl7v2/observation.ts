import type { ReadingStatus } from '../../reading.js';
import { meaningOf, type Coded } from './codes.js';
import type { Delimiters } from './delimiters.js';
import { firstOf, repetitions, valueOf, type Segment } from './segments.js';

/**
 * What OBX-11 says (HL7 table 0085). Missing values: X no result, I pending, N and O not asked for. Results entered (R),
 * preliminary (P), partial (S), verified (V), appended (B) and final without repeating them (U) count as final.
 */
const STATUSES: ReadonlyMap<string, ReadingStatus | 'none'> = new Map<string, ReadingStatus | 'none'>([
  ['', 'final'],
  ['P', 'final'],
  ['R', 'final'],
  ['F', 'final'],
  ['S', 'final'],
  ['V', 'final'],
  ['B', 'final'],
  ['U', 'final'],
  ['C', 'corrected'],
  ['D', 'entered-in-error'],
  ['W', 'entered-in-error'],
  ['X', 'none'],
  ['I', 'none'],
  ['N', 'none'],
  ['O', 'none'],
]);

/** An OBX segment about something that a reading holds. Nothing in it has been judged yet. */
export interface Observation {
  readonly coded: Coded;
  /** OBX-2. */
  readonly type: string;
  /** The repetitions of OBX-5; none without a result. */
  readonly values: readonly string[];
  /** OBX-6, its first repetition. */
  readonly unit: string;
  /** Null for a letter that table 0085 does not have: it may well be a withdrawal. */
  readonly status: ReadingStatus | 'none' | null;
  /** What the observation is known by within its message: filler order number, sub-id, field. */
  readonly key: string;
}

/** Reads an OBX segment; null when it is about nothing that a reading holds. */
export function readObservation(obx: Segment, filler: string, delimiters: Delimiters): Observation | null {
  const coded = codedAs(obx, delimiters);
  if (coded === null) return null;
  const status = STATUSES.get(valueOf(obx, 11, 1, delimiters)) ?? null;
  return {
    coded,
    type: valueOf(obx, 2, 1, delimiters),
    values: status === 'none' ? [] : repetitions(obx, 5, delimiters),
    unit: firstOf(obx, 6, delimiters),
    status,
    key: [filler, valueOf(obx, 4, 1, delimiters), coded.field].map(escapeKey).join('/'),
  };
}

/** OBX-3 holds a code and an alternate one; the first that means something here counts. */
function codedAs(obx: Segment, delimiters: Delimiters): Coded | null {
  for (const first of [1, 4]) {
    const [code, text, system] = [0, 1, 2].map((n) => valueOf(obx, 3, first + n, delimiters));
    const coded = meaningOf(code ?? '', text ?? '', system ?? '');
    if (coded !== null) return coded;
  }
  return null;
}

/** Keys are joined by `/`, `,` and `|`: an id that holds one must not read like two. */
function escapeKey(part: string): string {
  return part.replace(/[\\/,|]/g, '\\$&');
}
