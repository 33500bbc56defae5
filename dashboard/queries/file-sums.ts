import type { QueryRow } from '../../query/database.js';
import { qualifiedName, type Table } from '../../schema/column.js';
import { quoteText } from '../../query/sql-text.js';
import type { Question } from './question.js';

/** A sum over a whole table, file by file. */
export interface FileSum {
  readonly table: Table;
  /** Columns by which rows are grouped, and aggregates: a select list. */
  readonly select: string;
}

/** Sums of files that were read already, by location. Files never change, so neither do these. */
const KEPT_FILES = 20_000;

/**
 * The groups of every file of a table: read once a file, so that a total over months costs what has been added since.
 * A file that also holds later batches than the moment is read anew, without them.
 */
export async function fileSums(question: Question, { table, select }: FileSum): Promise<readonly QueryRow[]> {
  const { store, moment, parts } = question;
  const known = await parts.get(`sums ${qualifiedName(table)} ${select}`, async () => new Map<string, QueryRow[]>());
  const files = await store.filesAt(moment, table);
  const whole = files.filter((file) => moment.asOf === null || (file.stats['batch']?.[1] ?? Infinity) <= moment.batch);
  const unread = whole.filter((file) => !known.has(file.location));
  const read = await sums(
    question,
    select,
    unread.map((file) => file.location),
    null,
  );
  for (const { location } of unread) known.set(location, []);
  for (const row of read) known.get(row['filename'] as string)?.push(row);
  const cut = files.filter((file) => !whole.includes(file)).map((file) => file.location);
  const rows = whole.flatMap((file) => known.get(file.location) ?? []);
  for (const location of known.keys()) {
    if (known.size <= KEPT_FILES) break;
    known.delete(location);
  }
  return [...rows, ...(await sums(question, select, cut, moment.batch))];
}

async function sums(
  { store, moment }: Question,
  select: string,
  locations: readonly string[],
  until: number | null,
): Promise<QueryRow[]> {
  if (locations.length === 0) return [];
  const files = `read_parquet([${locations.map(quoteText).join(', ')}], hive_partitioning = false, filename = true)`;
  const bound = until === null ? '' : 'WHERE batch <= $1';
  return store.run(
    `SELECT filename, ${select} FROM ${files} ${bound} GROUP BY ALL`,
    until === null ? [] : [until],
    moment.urgent,
  );
}
