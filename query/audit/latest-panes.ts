import type { LakeSnapshot } from '../../lake/reader.js';
import { qualifiedName, type Table } from '../../schema/column.js';
import type { Database } from '../database.js';
import { relationIn, type Slice } from '../slices.js';
import { quoteName } from '../sql-text.js';
import { count, counts } from './invariant.js';

/** The latest panes of a slice that hold something, with `ms` (window_start), in parentheses. */
export function latestPanesIn(snapshot: LakeSnapshot, table: Table, slice: Slice): string {
  const panes = relationIn(snapshot, table, slice);
  const keys = keysOf(table);
  const latest = `(SELECT ${keys}, max(order_key) AS order_key FROM ${panes} GROUP BY ${keys})`;
  return `(SELECT *, epoch_ms(window_start) AS ms FROM ${panes} SEMI JOIN ${latest} USING (${keys}, order_key) WHERE n > 0)`;
}

/** Panes of a slice that share key and order key: nobody could tell which of them is the truth. */
export async function findRepeatedPanes(
  database: Database,
  snapshot: LakeSnapshot,
  table: Table,
  slice: Slice,
): Promise<number> {
  const panes = relationIn(snapshot, table, slice);
  const repeats = await counts<'n'>(
    database,
    `SELECT count(*) AS n FROM (SELECT 1 FROM ${panes} GROUP BY ${keysOf(table)}, order_key HAVING count(*) > 1)`,
  );
  return repeats.n;
}

/** The sentence for repeated panes; nothing where there are none. */
export function describeRepeated(table: Table, repeated: number): readonly string[] {
  return repeated === 0 ? [] : [`${qualifiedName(table)}: ${count(repeated, 'order key')} twice for one window`];
}

function keysOf(table: Table): string {
  return table.key
    .filter((name) => name !== 'order_key')
    .map(quoteName)
    .join(', ');
}
