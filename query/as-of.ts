import { qualifiedName, type Table } from '../schema/column.js';
import type { LakeSnapshot } from '../lake/reader.js';
import { instant, quoteName } from './sql-text.js';

/** An earlier state of a lake, seen through its files of today. */
export interface AsOf {
  /** The last batch that had been committed; 0 for none. */
  readonly batch: number;
  /** The time that was asked for, epoch milliseconds. */
  readonly time: number;
}

/**
 * What a row of a table must fulfil to have been there at a time: its batch had been committed; in a table that people
 * append to beside the batches (no `batch` column) its own time had come. Reference tables are kept whole, without their
 * past: null, they answer as they are now.
 *
 * Which files hold a row changes with every compaction, its batch never: so this reaches back as far as the lake does.
 */
export function conditionAsOf(table: Table, { batch, time }: AsOf): string | null {
  if (table.columns.some((column) => column.name === 'batch')) return `batch <= ${batch}`;
  if (table.tier === 'reference') return null;
  const own = table.columns.find((column) => column.type === 'timestamp' && column.required);
  if (own === undefined) throw new Error(`${qualifiedName(table)} does not say when a row of it came to be`);
  return `${quoteName(own.name)} <= ${instant(time)}`;
}

/** A snapshot without the files that hold later batches only. */
export function withoutLaterFiles(snapshot: LakeSnapshot, { batch }: AsOf): LakeSnapshot {
  const tables = new Map(
    Array.from(snapshot.tables, ([name, table]) => {
      const files = table.files.filter((file) => (file.stats['batch']?.[0] ?? 0) <= batch);
      return [name, { ...table, files }] as const;
    }),
  );
  return { ...snapshot, tables };
}
