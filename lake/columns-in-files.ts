import type { DuckDBConnection } from '@duckdb/node-api';
import type { Column } from '../schema/column.js';

/**
 * Reads columns of Parquet files of one table, some of which may have been written before a column was added: null there.
 * Looks into the footer of every file, which whoever copies whole files reads anyway.
 *
 * @param files absolute paths
 * @param select the text of a column's expression, given the SQL of its value
 */
export async function selectFromFiles(
  connection: DuckDBConnection,
  columns: readonly Column[],
  files: readonly string[],
  select: (column: Column, value: string) => string,
): Promise<string> {
  const list = `[${files.map((file) => `'${file.replaceAll("'", "''")}'`).join(', ')}]`;
  const sql = `SELECT name, count(DISTINCT file_name)::INTEGER FROM parquet_schema(${list}) GROUP BY name`;
  const counted = await connection.runAndReadAll(sql);
  const holding = new Map(counted.getRows().map(([name, n]) => [String(name), Number(n)]));
  const expressions = columns.map((column) => select(column, holding.has(column.name) ? `"${column.name}"` : 'NULL'));
  const mixed = columns.some(({ name }) => holding.has(name) && holding.get(name) !== new Set(files).size);
  const options = `hive_partitioning = false, union_by_name = ${mixed}`;
  return `SELECT ${expressions.join(', ')} FROM read_parquet(${list}, ${options})`;
}
