import type { LakeSnapshot } from '../../lake/reader.js';
import type { Database } from '../database.js';

/** The invariants that `audit` checks on a live lake (docs: delivery guarantees). */
export type InvariantId = 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I7' | 'I8';

/** What one invariant came to. */
export interface InvariantResult {
  readonly id: InvariantId;
  readonly ok: boolean;
  /** How many rows, files or windows were looked at. */
  readonly checked: number;
  /** One sentence: what was found, or what is broken. Never holds what could identify a person. */
  readonly detail: string;
}

/** What a check may look at. */
export interface AuditContext {
  /** The snapshot without the files that I6 found missing or torn, so that the other checks can still be made. */
  readonly snapshot: LakeSnapshot;
  /** Its tables as views, and the versions of readings (query/versions.ts). */
  readonly database: Database;
}

/**
 * Puts what is broken into a result.
 *
 * @param sound what to say when nothing is
 */
export function resultOf(
  id: InvariantId,
  checked: number,
  problems: readonly string[],
  sound: string,
): InvariantResult {
  return { id, ok: problems.length === 0, checked, detail: problems.length === 0 ? sound : problems.join('; ') };
}

/** The one row of a query that counts, its columns as numbers. */
export async function counts<K extends string>(database: Database, sql: string): Promise<Record<K, number>> {
  const [row = {}] = await database.rows(sql);
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value ?? 0)])) as Record<
    K,
    number
  >;
}

/** `1 row`, `2,000 rows`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? noun : plural}`;
}
