import type { LiveFile } from '../lake/reader.js';
import type { Table } from '../schema/column.js';
import { overlaps } from './slices.js';
import { instant, quoteName, relationOver } from './sql-text.js';

/** A stretch of event time, epoch milliseconds: from inclusive, to exclusive; infinite where it is open. */
export interface EventTimes {
  readonly from: number;
  readonly to: number;
}

/** The files of a table that may hold rows with a time in a stretch. */
export function filesWithin(table: Table, files: readonly LiveFile[], times: EventTimes): readonly LiveFile[] {
  return files.filter((file) => overlaps(file, table.partitionSource ?? '', times.from, times.to));
}

/** The rows of a table with a time in a stretch, in parentheses; files that cannot hold any are left out. */
export function relationWithin(table: Table, files: readonly LiveFile[], times: EventTimes): string {
  const time = quoteName(table.partitionSource ?? '');
  const bounds = [
    ...(Number.isFinite(times.from) ? [`${time} >= ${instant(times.from)}`] : []),
    ...(Number.isFinite(times.to) ? [`${time} < ${instant(times.to)}`] : []),
  ];
  const relation = relationOver(table, filesWithin(table, files, times));
  return bounds.length === 0 ? relation : `(FROM ${relation} WHERE ${bounds.join(' AND ')})`;
}

/** The files of a table that may hold rows around these windows. */
export function filesNear(
  table: Table,
  files: readonly LiveFile[],
  windows: readonly Window[],
  windowMillis: number,
): readonly LiveFile[] {
  const time = table.partitionSource ?? '';
  const starts = startsOf(windows);
  return files.filter((file) => starts.some((start) => overlaps(file, time, start, start + windowMillis)));
}

/** The rows of a table around these windows, in parentheses; files that overlap none of them are left out. */
export function relationNear(
  table: Table,
  files: readonly LiveFile[],
  windows: readonly Window[],
  windowMillis: number,
): string {
  const starts = startsOf(windows);
  const near = filesNear(table, files, windows, windowMillis);
  return relationWithin(table, near, { from: starts[0] ?? 0, to: (starts.at(-1) ?? 0) + windowMillis });
}

interface Window {
  /** Epoch milliseconds. */
  readonly window_start: number;
}

/** Distinct starts, ascending. */
function startsOf(windows: readonly Window[]): readonly number[] {
  return [...new Set(windows.map((window) => window.window_start))].sort((a, b) => a - b);
}

export function locations(files: readonly LiveFile[]): readonly string[] {
  return files.map((file) => file.location);
}
