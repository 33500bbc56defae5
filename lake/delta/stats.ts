import type { Table } from '../../schema/column.js';

/** Least and greatest value of each column that has statistics; times in epoch ms. */
export type Ranges = Readonly<Record<string, readonly [number, number]>>;

interface FileStats {
  readonly numRecords: number;
  readonly minValues: Readonly<Record<string, number | string>>;
  readonly maxValues: Readonly<Record<string, number | string>>;
  readonly nullCount: Readonly<Record<string, number>>;
}

/**
 * The `stats` of an `add`: exact, because readers drop files by them. Times are written to the millisecond, which loses
 * nothing: every time in the lake is a whole millisecond.
 */
export function encodeStats(table: Table, rows: number, ranges: Ranges): string {
  const times = new Set(timeColumns(table));
  const text = (name: string, value: number) => (times.has(name) ? new Date(value).toISOString() : value);
  const names = Object.keys(ranges);
  const pick = (end: 0 | 1) => Object.fromEntries(names.map((name) => [name, text(name, ranges[name]![end])]));
  const nullCount = Object.fromEntries(names.map((name) => [name, 0]));
  return JSON.stringify({ numRecords: rows, minValues: pick(0), maxValues: pick(1), nullCount } satisfies FileStats);
}

/** Rows and ranges out of the `stats` of an `add`; a file without them (another writer's) has unknown rows and no ranges. */
export function decodeStats(table: Table, stats: string | null | undefined): { rows: number | null; stats: Ranges } {
  if (!stats) return { rows: null, stats: {} };
  const parsed = JSON.parse(stats) as Partial<FileStats>;
  const known = new Set(statsColumns(table));
  const ranges: Record<string, readonly [number, number]> = {};
  for (const [name, least] of Object.entries(parsed.minValues ?? {})) {
    const greatest = parsed.maxValues?.[name];
    if (known.has(name) && greatest !== undefined) ranges[name] = [toNumber(least), toNumber(greatest)];
  }
  return { rows: parsed.numRecords ?? null, stats: ranges };
}

/** Required columns worth skipping files by: the times of the rows, and the batch. */
export function statsColumns(table: Table): readonly string[] {
  return table.columns
    .filter((column) => column.required && (column.type === 'timestamp' || column.name === 'batch'))
    .map((column) => column.name);
}

/** The ranges of rows that are the union of several files'; only columns that all of them have. */
export function mergeRanges(all: readonly Ranges[]): Ranges {
  const merged: Record<string, readonly [number, number]> = {};
  for (const name of Object.keys(all[0] ?? {})) {
    const found = all.map((ranges) => ranges[name]);
    if (found.some((range) => range === undefined)) continue;
    const ranges = found as (readonly [number, number])[];
    merged[name] = [Math.min(...ranges.map((range) => range[0])), Math.max(...ranges.map((range) => range[1]))];
  }
  return merged;
}

function timeColumns(table: Table): readonly string[] {
  return table.columns.filter((column) => column.type === 'timestamp').map((column) => column.name);
}

function toNumber(value: number | string): number {
  return typeof value === 'number' ? value : Date.parse(value);
}
