import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { qualifiedName, type Column, type ColumnType, type Table } from '../schema/column.js';
import { storedColumns } from '../schema/render/parquet.js';
import { selectFromFiles } from './columns-in-files.js';
import { LakeError } from './lake-error.js';
import type { Storage } from './storage/storage.js';
import { removeTemporaries, temporaryName } from './storage/temporary.js';

/** Rows of a row group: at 500,000 (what BigQuery likes best) DuckDB outgrows its memory and takes six times longer. */
const ROW_GROUP_ROWS = 122_880;

/** Row groups of long rows have fewer of them, but never less than what DuckDB takes at once. */
const ROW_GROUP_BYTES = 16 * 1024 * 1024;
const LEAST_ROW_GROUP_ROWS = 2_048;

/** What merging may take beside the pipeline; with 128 MB it would fail. */
const MEMORY_LIMIT = '256MB';

/** DuckDB types that lie in Parquet exactly as the files that batches write. */
const DUCKDB_TYPES: Record<ColumnType, string> = {
  string: 'VARCHAR',
  int32: 'INTEGER',
  int64: 'BIGINT',
  float64: 'DOUBLE',
  boolean: 'BOOLEAN',
  timestamp: 'TIMESTAMPTZ',
  date: 'DATE',
  bytes: 'BLOB',
};

/**
 * Merges Parquet files of one table into one, rows in the order of the files, and publishes it under a name made from
 * its content. Throws a {@link LakeError} when the merged file does not hold exactly the rows that the log promised.
 *
 * Cost: 4 us a row on a thread of DuckDB's, up to 250 MB of memory while it runs.
 */
export async function mergeFiles(
  storage: Storage,
  table: Table,
  inputs: readonly string[],
  rows: number,
  groupRows: number,
  nameOf: (sha256: string) => string,
): Promise<{ readonly path: string; readonly bytes: number }> {
  const workspace = await openWorkspace(storage, inputs);
  try {
    const counted = await copyRows(table, workspace.inputs, workspace.output, groupRows);
    if (counted !== rows) throw lost(table, rows, counted);
    const bytes = (await stat(workspace.output)).size;
    const path = nameOf(await sha256Of(workspace.output));
    await publish(storage, path, workspace.output);
    return { path, bytes };
  } finally {
    await workspace.close();
  }
}

/** Rows of a row group for rows of this size, bytes. */
export function rowGroupRows(bytesPerRow: number): number {
  return Math.min(ROW_GROUP_ROWS, Math.max(LEAST_ROW_GROUP_ROWS, Math.floor(ROW_GROUP_BYTES / bytesPerRow)));
}

interface Workspace {
  readonly inputs: readonly string[];
  readonly output: string;
  close(): Promise<void>;
}

/** Files where DuckDB can read and write them: in place on local disk, else copies in a folder of their own. */
async function openWorkspace(storage: Storage, inputs: readonly string[]): Promise<Workspace> {
  const { local } = storage;
  if (local) {
    const output = await local.temporary(inputs[0]!);
    const close = async () => {
      await rm(output, { force: true });
      await rm(spillOf(output), { recursive: true, force: true });
    };
    return { inputs: inputs.map((path) => local.absolute(path)), output, close };
  }
  const base = join(tmpdir(), 'vitals-compact');
  await mkdir(base, { recursive: true, mode: 0o700 });
  // What a killed process left behind.
  await removeTemporaries(base);
  const folder = join(base, temporaryName());
  await mkdir(folder, { mode: 0o700 });
  const copies: string[] = [];
  for (const [i, path] of inputs.entries()) {
    const bytes = await storage.readRange(path, 0, null);
    if (bytes === null)
      throw new LakeError('CORRUPT', `${path} is missing`, 'Restore it from a copy, or replay bronze');
    const copy = join(folder, `${i}.parquet`);
    await writeFile(copy, bytes);
    copies.push(copy);
  }
  const close = () => rm(folder, { recursive: true, force: true });
  return { inputs: copies, output: join(folder, 'merged.parquet'), close };
}

async function publish(storage: Storage, path: string, file: string): Promise<void> {
  if (storage.local) await storage.local.adopt(path, file);
  else await storage.putIfAbsent(path, await readFile(file));
}

/** Copies the rows of all inputs, in order, and counts what arrived in the output's own footer. */
async function copyRows(table: Table, inputs: readonly string[], output: string, groupRows: number): Promise<number> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const options = { threads: '1', memory_limit: MEMORY_LIMIT, temp_directory: spillOf(output) };
  const instance = await DuckDBInstance.create(':memory:', options);
  const connection = await instance.connect();
  try {
    const source = await selectFromFiles(connection, storedColumns(table), inputs, selectColumn);
    const format = `FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${groupRows}`;
    await connection.run(`COPY (${source}) TO ${quoted(output)} (${format})`);
    const counted = await connection.runAndReadAll(`SELECT num_rows FROM parquet_file_metadata(${quoted(output)})`);
    return Number(counted.getRows()[0]?.[0] ?? -1);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Where DuckDB puts what does not fit into its memory: it has the name of a temporary file too. */
function spillOf(output: string): string {
  return `${output}-spill`;
}

function selectColumn(column: Column, value: string): string {
  return `${value}::${DUCKDB_TYPES[column.type]} AS "${column.name}"`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

function lost(table: Table, expected: number, actual: number): LakeError {
  const problem = `Merging files of ${qualifiedName(table)} gave ${actual} rows instead of ${expected}`;
  return new LakeError('CORRUPT', problem, 'Nothing was changed; run vitals audit to find the damaged file');
}
