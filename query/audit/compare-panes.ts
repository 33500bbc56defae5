import type { Database } from '../database.js';
import { quoteName } from '../sql-text.js';
import { count, counts } from './invariant.js';

/** Expected and found rows of one table, by key. */
export interface Comparison {
  /** Relation of what gold should hold: keys and columns, one row a key. */
  readonly expected: string;
  /** Relation of the latest panes that hold something. */
  readonly found: string;
  /** Key columns; the last of them is the start of the window in epoch milliseconds. */
  readonly keys: readonly string[];
  /** Columns that must be equal. */
  readonly exact: readonly string[];
  /** Sums: equal but for what the order of adding may do to a double. */
  readonly sums: readonly string[];
  /** Relation of what may not be compared yet, and the key columns that it has. */
  readonly unfired: string;
  readonly unfiredKeys: readonly string[];
}

export interface Compared {
  readonly checked: number;
  readonly broken: number;
  /** Start of the first window that differs, epoch milliseconds. */
  readonly first: number | null;
}

/** A difference below this is that of rounding: values have at most two decimals. */
const ROUNDING = 1e-6;

/** Compares two relations key by key; a key that one of them lacks is broken. */
export async function comparePanes(database: Database, comparison: Comparison): Promise<Compared> {
  const keys = comparison.keys.map(quoteName).join(', ');
  const start = quoteName(comparison.keys.at(-1) ?? '');
  const differs = [
    'e.here IS NULL',
    'f.here IS NULL',
    ...comparison.exact.map(quoteName).map((name) => `e.${name} IS DISTINCT FROM f.${name}`),
    ...comparison.sums
      .map(quoteName)
      .map((name) => `(e.${name} IS NULL) <> (f.${name} IS NULL) OR abs(e.${name} - f.${name}) > ${ROUNDING}`),
  ];
  const found = await counts<'checked' | 'broken' | 'first'>(
    database,
    `SELECT count(*) AS checked, count(*) FILTER (WHERE broken) AS broken, min(start) FILTER (WHERE broken) AS first
     FROM (
       SELECT ${keys}, ${start} AS start, coalesce(${differs.join(' OR ')}, false) AS broken
       FROM (SELECT *, true AS here FROM ${comparison.expected}) e
       FULL JOIN (SELECT *, true AS here FROM ${comparison.found}) f USING (${keys}))
     ANTI JOIN ${comparison.unfired} USING (${comparison.unfiredKeys.map(quoteName).join(', ')})`,
  );
  return { ...found, first: found.broken === 0 ? null : found.first };
}

/** What two stretches came to together. */
export function addCompared(a: Compared, b: Compared): Compared {
  const firsts = [a.first, b.first].filter((first) => first !== null);
  const first = firsts.length === 0 ? null : Math.min(...firsts);
  return { checked: a.checked + b.checked, broken: a.broken + b.broken, first };
}

export const NOTHING_COMPARED: Compared = { checked: 0, broken: 0, first: null };

/** The sentence of a broken comparison; nothing for a sound one. */
export function describeBroken(table: string, compared: Compared): readonly string[] {
  if (compared.first === null) return [];
  const first = new Date(compared.first).toISOString();
  return [`${table}: ${count(compared.broken, 'window')} of ${compared.checked} not as recomputed, first ${first}`];
}
