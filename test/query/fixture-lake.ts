import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from '@jest/globals';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { BatchCounts, Manifest } from '../../lake/manifest.js';
import type { LakeSnapshot, LiveFile, TableSnapshot } from '../../lake/reader.js';
import { qualifiedName, type Column, type Table } from '../../schema/column.js';
import { TABLES } from '../../schema/index.js';
import { DUCKDB_TYPES } from '../../query/sql-text.js';
import { VERSIONS } from '../lake/rows.js';

type Row = Readonly<Record<string, unknown>>;

/** Rows of each table, by qualified name; each inner array becomes one file a partition. */
export type FixtureTables = Readonly<Record<string, readonly (readonly Row[])[]>>;

/** Lakes made by this test file; removed when it ends. */
const roots: string[] = [];
afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true, force: true });
});

let writer: DuckDBConnection | null = null;

/**
 * A lake of Parquet files written by DuckDB itself, and the snapshot that a reader would give of it. Statistics are kept
 * for the numbers and times that a lake keeps them for.
 */
export async function fixtureLake(tables: FixtureTables, given: Partial<LakeSnapshot> = {}): Promise<LakeSnapshot> {
  const root = mkdtempSync(join(tmpdir(), 'vitals-fixture-'));
  roots.push(root);
  const entries = new Map<string, TableSnapshot>();
  for (const table of TABLES as readonly Table[]) {
    const files: LiveFile[] = [];
    const batches = tables[qualifiedName(table)] ?? [];
    for (const [index, rows] of batches.entries()) files.push(...(await writeRows(root, table, rows, index + 1)));
    entries.set(qualifiedName(table), { table, version: batches.length, files });
  }
  return { root, sequence: 1, totals: counts({}), manifest: null, tables: entries, ...given };
}

export function counts(given: Partial<BatchCounts>): BatchCounts {
  const none = { messages: 0, received: 0, silver: 0, dead_letter: 0, suppressed: 0 };
  return { ...none, field_rejects: 0, conflicts: 0, alerts: 0, ...given };
}

export function manifest(given: Partial<Manifest>): Manifest {
  return {
    format: 1,
    sequence: 1,
    counts: counts({}),
    versions: VERSIONS,
    files: [],
    watermark: 0,
    fired: {},
    peak_rss: 100_000_000,
    committed_at: 0,
    ...given,
  };
}

async function writeRows(root: string, table: Table, rows: readonly Row[], number: number): Promise<LiveFile[]> {
  const partitions = new Map<string, Row[]>();
  for (const row of rows) {
    const value = table.partitionBy === null ? '' : String(row[table.partitionBy]);
    partitions.set(value, [...(partitions.get(value) ?? []), row]);
  }
  const files: LiveFile[] = [];
  for (const [value, part] of partitions) {
    const folder = table.partitionBy === null ? '' : `${table.partitionBy}=${value}`;
    const path = join(folder, `${String(number).padStart(12, '0')}-fixture.parquet`);
    const location = join(root, table.tier, table.name, path);
    await writeParquet(table, part, location);
    files.push({
      path,
      location,
      partition: table.partitionBy === null ? {} : { [table.partitionBy]: value },
      rows: part.length,
      bytes: statSync(location).size,
      stats: statistics(table, part),
    });
  }
  return files;
}

/** One Parquet file of a table's rows, without the partition column. */
export async function writeParquet(table: Table, rows: readonly Row[], path: string): Promise<void> {
  writer ??= await (await DuckDBInstance.create(':memory:')).connect();
  mkdirSync(dirname(path), { recursive: true });
  const columns = table.columns.filter((column) => column.name !== table.partitionBy);
  const values = rows.map((row) => `(${columns.map((column) => literal(column, row[column.name])).join(', ')})`);
  const names = columns.map((column) => `"${column.name}"`).join(', ');
  await writer.run(`COPY (SELECT * FROM (VALUES ${values.join(', ')}) AS t(${names})) TO '${path}' (FORMAT parquet)`);
}

function literal(column: Column, value: unknown): string {
  const type = DUCKDB_TYPES[column.type];
  if (value === null || value === undefined) return `NULL::${type}`;
  if (column.type === 'timestamp') return `'${new Date(value as number).toISOString()}'::${type}`;
  if (column.type === 'bytes') return `unhex('${Buffer.from(value as Uint8Array).toString('hex')}')`;
  return `'${String(value).replaceAll("'", "''")}'::${type}`;
}

const NUMERIC = new Set(['int32', 'int64', 'timestamp']);

function statistics(table: Table, rows: readonly Row[]): LiveFile['stats'] {
  const stats: Record<string, readonly [number, number]> = {};
  for (const column of table.columns) {
    const values = rows.map((row) => row[column.name]).filter((value): value is number => typeof value === 'number');
    if (!NUMERIC.has(column.type) || values.length === 0) continue;
    stats[column.name] = [Math.min(...values), Math.max(...values)];
  }
  return stats;
}
