import { selectFromFiles } from '../../lake/columns-in-files.js';
import type { Column, ColumnType, Table } from '../../schema/column.js';
import type { BatchRange } from './batch-set.js';

/** What a file to load holds. */
export interface BuiltFile {
  readonly rows: number;
  /** Sum of a hash of each row: the same for the same rows, in whatever order and files they lie. Decimal digits. */
  readonly content: string;
}

/** DuckDB's types that lie in Parquet as BigQuery reads them: times as UTC microseconds, dates as days. */
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

/** What building may take beside everything else; four are built at a time. */
const MEMORY_LIMIT = '256MB';

/**
 * Writes the Parquet file of a load job: the rows of these batches, all columns of the table with the partition column,
 * which in the lake lies only in the path.
 *
 * The lake's own files are not handed to BigQuery: a compacted one holds loaded rows and new ones, and a partition column
 * that is read from a path is nullable, which a required one refuses.
 *
 * @param files absolute paths on this machine
 * @param batches null for all rows
 * @param output must not exist
 */
export async function buildFile(
  table: Table,
  date: string | null,
  files: readonly string[],
  batches: readonly BatchRange[] | null,
  output: string,
): Promise<BuiltFile> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const options = { threads: '1', memory_limit: MEMORY_LIMIT, temp_directory: `${output}-spill` };
  const instance = await DuckDBInstance.create(':memory:', options);
  const connection = await instance.connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    const select = (column: Column, value: string) =>
      selectColumn(column, partitionValue(table, column, date) ?? value);
    const source = await selectFromFiles(connection, table.columns, files, select);
    const where = batches === null ? '' : ` WHERE ${batches.map(condition).join(' OR ')}`;
    await connection.run(`COPY (${source}${where}) TO ${quoted(output)} (FORMAT parquet, COMPRESSION zstd)`);
    const sum = `SELECT count(*), CAST(coalesce(sum(md5_number_lower(CAST(t AS VARCHAR))), 0) AS VARCHAR)`;
    const counted = await connection.runAndReadAll(`${sum} FROM read_parquet(${quoted(output)}) t`);
    const [rows, content] = counted.getRows()[0] ?? [];
    return { rows: Number(rows), content: String(content) };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function partitionValue(table: Table, column: Column, date: string | null): string | null {
  return column.name === table.partitionBy && date !== null ? quoted(date) : null;
}

function selectColumn(column: Column, value: string): string {
  return `${value}::${DUCKDB_TYPES[column.type]} AS "${column.name}"`;
}

function condition({ first, last }: BatchRange): string {
  return `batch BETWEEN ${first} AND ${last}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
