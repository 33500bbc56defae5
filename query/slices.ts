import type { LakeSnapshot, LiveFile } from '../lake/reader.js';
import { qualifiedName, type Table } from '../schema/column.js';
import { instant, quoteName, relationOver } from './sql-text.js';

/** A stretch of event time within one day, on hour boundaries, so that no window of a minute or an hour is cut. */
export interface Slice {
  /** Epoch milliseconds, inclusive. */
  readonly from: number;
  /** Epoch milliseconds, exclusive. */
  readonly to: number;
}

const HOUR = 3_600_000;
const HOURS_PER_DAY = 24;

/** Rows of a slice, so that grouping them by patient and minute stays within a few hundred megabytes. */
const ROWS_PER_SLICE = 500_000;

/** The stretches that together hold every row of these event-dated tables, in order of time. */
export function slicesOf(snapshot: LakeSnapshot, tables: readonly Table[]): readonly Slice[] {
  const rowsByDate = new Map<string, number>();
  for (const table of tables) {
    const rows = new Map<string, number>();
    for (const file of snapshot.tables.get(qualifiedName(table))?.files ?? []) {
      const date = file.partition['event_date'] ?? '';
      rows.set(date, (rows.get(date) ?? 0) + (file.rows ?? 0));
    }
    for (const [date, count] of rows) rowsByDate.set(date, Math.max(count, rowsByDate.get(date) ?? 0));
  }
  return [...rowsByDate].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([date, rows]) => slicesOfDay(date, rows));
}

function slicesOfDay(date: string, rows: number): Slice[] {
  const start = Date.parse(`${date}T00:00:00Z`);
  const pieces = Math.ceil(rows / ROWS_PER_SLICE);
  const hours = Math.max(1, Math.floor(HOURS_PER_DAY / Math.max(1, pieces)));
  const slices: Slice[] = [];
  for (let hour = 0; hour < HOURS_PER_DAY; hour += hours) {
    const end = Math.min(hour + hours, HOURS_PER_DAY);
    slices.push({ from: start + hour * HOUR, to: start + end * HOUR });
  }
  return slices;
}

/** The rows of a table that lie in a slice, in parentheses: only files whose statistics admit such rows are read. */
export function relationIn(snapshot: LakeSnapshot, table: Table, slice: Slice): string {
  const time = table.partitionSource ?? '';
  const files = snapshot.tables.get(qualifiedName(table))?.files ?? [];
  const near = files.filter((file) => overlaps(file, time, slice.from, slice.to));
  const column = quoteName(time);
  const within = `${column} >= ${instant(slice.from)} AND ${column} < ${instant(slice.to)}`;
  return `(FROM ${relationOver(table, near)} WHERE ${within})`;
}

/**
 * Whether a file may hold rows with a time in [from, to): by its statistics, else by its date, else it may.
 *
 * @param time the timestamp column that is asked about; the table's partition date is taken to be its UTC date
 */
export function overlaps(file: Pick<LiveFile, 'partition' | 'stats'>, time: string, from: number, to: number): boolean {
  const range = file.stats[time];
  if (range !== undefined) return range[0] < to && range[1] >= from;
  const [date] = Object.values(file.partition);
  if (date === undefined || date === null) return true;
  const start = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(start) || (start < to && start + HOURS_PER_DAY * HOUR > from);
}
