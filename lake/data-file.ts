import { createHash } from 'node:crypto';
import { qualifiedName, type Table } from '../schema/column.js';
import { statsColumns, type Ranges } from './delta/stats.js';
import { LakeError } from './lake-error.js';
import type { DataFile } from './manifest.js';
import { sequenceText } from './manifest-name.js';
import { countRows, encodeParquet, type Row } from './parquet.js';
import type { Storage } from './storage/storage.js';
import { tableFolder } from './table-folder.js';

/** Hex digits of a file's SHA-256 in its name. */
const HASH_DIGITS = 16;

/**
 * Writes a batch's rows of one table: one Parquet file per partition value, in the order of the rows; no rows, no file.
 *
 * Needs no lock and may run on any thread: the files mean nothing until a manifest (or, for bronze, a log) names them.
 * Delivery: durable when it resolves. Idempotent: a file is named by its content, so the same rows find their own file.
 * Throws a {@link LakeError} for a row that its table cannot hold.
 */
export async function writeDataFiles(
  storage: Storage,
  table: Table,
  sequence: number,
  rows: readonly Row[],
): Promise<DataFile[]> {
  const files: DataFile[] = [];
  for (const [value, part] of byPartition(table, rows)) {
    files.push(await writeDataFile(storage, table, sequence, value, part));
  }
  return files;
}

/** The path of a data file in its table's folder: Hive-style partition folder, sequence, start of the content hash. */
export function dataFilePath(partition: Readonly<Record<string, string>>, sequence: number, sha256: string): string {
  const folders = Object.entries(partition).map(([column, value]) => `${column}=${value}/`);
  return `${folders.join('')}${sequenceText(sequence)}-${sha256.slice(0, HASH_DIGITS)}.parquet`;
}

/** The sequence in the name of a data file, null for a file that is not one. */
export function sequenceOf(path: string): number | null {
  const [, sequence] = /(?:^|\/)(\d{12})-[0-9a-f]{16}\.parquet$/.exec(path) ?? [];
  return sequence === undefined ? null : Number(sequence);
}

async function writeDataFile(
  storage: Storage,
  table: Table,
  sequence: number,
  value: string | null,
  rows: readonly Row[],
): Promise<DataFile> {
  const bytes = encodeParquet(table, rows);
  if (countRows(bytes) !== rows.length) throw badEncoding(table);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const partition = table.partitionBy === null || value === null ? {} : { [table.partitionBy]: value };
  const path = dataFilePath(partition, sequence, sha256);
  const full = tableFolder(table) + path;
  const outcome = await storage.putIfAbsent(full, bytes);
  if (outcome === 'exists') await verifySame(storage, full, bytes.length);
  const stats = rangesOf(table, rows);
  return { table: qualifiedName(table), path, partition, rows: rows.length, bytes: bytes.length, sha256, stats };
}

/** A file of that name was written by an earlier attempt at the same batch; its length shows that it is the same. */
async function verifySame(storage: Storage, path: string, size: number): Promise<void> {
  const found = await storage.stat(path);
  if (found?.size === size) return;
  const problem = `${path} exists with ${found?.size ?? 'no'} bytes, not the ${size} that its name stands for`;
  throw new LakeError('CORRUPT', problem, 'Move that file away and start again');
}

function badEncoding(table: Table): LakeError {
  const problem = `The Parquet file of a batch of ${qualifiedName(table)} does not hold its rows`;
  return new LakeError('CORRUPT', problem, 'Start again; if it happens again, report it: nothing was committed');
}

/** Rows by partition value; the rows themselves where there is but one, as in nearly every batch. */
function byPartition(table: Table, rows: readonly Row[]): Iterable<readonly [string | null, readonly Row[]]> {
  if (rows.length === 0) return [];
  const { partitionBy } = table;
  if (partitionBy === null) return [[null, rows]];
  const first = partitionValue(table, partitionBy, rows[0]!);
  if (rows.every((row) => row[partitionBy] === first)) return [[first, rows]];
  const parts = new Map<string, Row[]>();
  for (const row of rows) {
    const value = partitionValue(table, partitionBy, row);
    const part = parts.get(value);
    if (part) part.push(row);
    else parts.set(value, [row]);
  }
  return [...parts].sort(([a], [b]) => (a < b ? -1 : 1));
}

function partitionValue(table: Table, column: string, row: Row): string {
  const value = row[column];
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return value;
  const problem = `A row of ${qualifiedName(table)} has no date in its partition column ${column}`;
  throw new LakeError('MISUSE', problem, 'This is a fault of the program: report it');
}

function rangesOf(table: Table, rows: readonly Row[]): Ranges {
  const ranges: Record<string, readonly [number, number]> = {};
  for (const name of statsColumns(table)) {
    let least = Infinity;
    let greatest = -Infinity;
    for (const row of rows) {
      const value = row[name] as number;
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
    ranges[name] = [least, greatest];
  }
  return ranges;
}
