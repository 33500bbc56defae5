import { DuckDBBlobValue, type DuckDBConnection, type DuckDBListValue, type DuckDBValue } from '@duckdb/node-api';
import type { Column, RowOf, Table } from '../schema/column.js';
import { quoteName } from './sql-text.js';

/** The columns of a select list, such that {@link readRows} makes rows of them. */
export function selectList(columns: readonly Column[]): string {
  return columns.map(inMemory).join(', ');
}

/**
 * A column such that its values arrive as a row holds them in memory: times as epoch milliseconds, 64-bit integers as
 * numbers (they stay below 2^53), dates as text.
 */
function inMemory(column: Column): string {
  const name = quoteName(column.name);
  if (column.type === 'timestamp') return `CAST(epoch_ms(${name}) AS DOUBLE) AS ${name}`;
  if (column.type === 'int64') return `CAST(${name} AS DOUBLE) AS ${name}`;
  if (column.type === 'date') return `CAST(${name} AS VARCHAR) AS ${name}`;
  return name;
}

/** The rows of a query whose select list is that of the table's columns. */
export async function readTable<T extends Table>(
  connection: DuckDBConnection,
  table: T,
  sql: string,
  parameters: readonly DuckDBListValue[],
): Promise<RowOf<T>[]> {
  return (await readRows(connection, table.columns, sql, parameters)) as RowOf<T>[];
}

/** The rows of a query whose select list is that of these columns, keys in their order. */
export async function readRows(
  connection: DuckDBConnection,
  columns: readonly Column[],
  sql: string,
  parameters: readonly DuckDBListValue[],
): Promise<Record<string, unknown>[]> {
  const result = await connection.run(sql, [...parameters]);
  const rows: Record<string, unknown>[] = [];
  for await (const chunk of result) {
    const values = chunk.getColumns();
    for (let row = 0; row < chunk.rowCount; row += 1) rows.push(rowOf(columns, values, row));
  }
  return rows;
}

/** The values of a query with one text column. */
export async function readTexts(
  connection: DuckDBConnection,
  sql: string,
  parameters: readonly DuckDBListValue[],
): Promise<string[]> {
  const result = await connection.run(sql, [...parameters]);
  const [column = []] = await result.getColumns();
  return column as string[];
}

function rowOf(
  columns: readonly Column[],
  values: readonly (readonly DuckDBValue[])[],
  row: number,
): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  for (let index = 0; index < columns.length; index += 1) {
    const value = values[index]?.[row] ?? null;
    made[columns[index]?.name ?? ''] = value instanceof DuckDBBlobValue ? value.bytes : value;
  }
  return made;
}
