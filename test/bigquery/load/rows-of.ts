import { readFile } from 'node:fs/promises';
import { decodeParquet, type Row } from '../../../lake/parquet.js';
import { openLakeSnapshot } from '../../../lake/reader.js';
import type { Table } from '../../../schema/column.js';
import { qualifiedName } from '../../../schema/column.js';
import type { FakeBigQuery } from '../../support/fake-bigquery/fake-bigquery.js';

/** The rows of a lake's table as sorted lines, read with the lake's own reader. */
export async function lakeRows(lake: string, table: Table): Promise<readonly string[]> {
  const { tables } = await openLakeSnapshot(lake);
  const lines: string[] = [];
  for (const file of tables.get(qualifiedName(table))?.files ?? []) {
    for (const row of decodeParquet(await readFile(file.location), table))
      lines.push(lineOf({ ...row, ...file.partition }, table));
  }
  return lines.sort();
}

/** The rows that a warehouse holds of a table, as sorted lines of the same form. */
export function warehouseRows(warehouse: FakeBigQuery, table: Table): readonly string[] {
  const { rows } = warehouse.store.table(table.tier, table.name);
  return rows.map((row) => JSON.stringify(table.columns.map((column) => row[column.name] ?? null))).sort();
}

function lineOf(row: Row, table: Table): string {
  return JSON.stringify(
    table.columns.map((column) => {
      const value = row[column.name] ?? null;
      if (value === null) return null;
      if (column.type === 'timestamp') return new Date(value as number).toISOString();
      return column.type === 'bytes' ? Buffer.from(value as Uint8Array).toString('base64') : value;
    }),
  );
}
