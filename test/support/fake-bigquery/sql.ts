import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { GoogleError } from './google-error.js';
import { typeOf, type Field, type StoredTable, type WarehouseStore } from './warehouse-store.js';

/** A result as `jobs.query` answers it. */
export interface QueryResult {
  readonly schema: { readonly fields: readonly Field[] };
  readonly rows: readonly { readonly f: readonly { readonly v: string | null }[] }[];
}

const DUCKDB: Readonly<Record<string, string>> = {
  STRING: 'VARCHAR',
  INT64: 'BIGINT',
  FLOAT64: 'DOUBLE',
  BOOL: 'BOOLEAN',
  TIMESTAMP: 'TIMESTAMPTZ',
  DATE: 'DATE',
  BYTES: 'VARCHAR',
};

/** Runs a SELECT over the stored rows (DuckDB does it), or one of the ALTER statements of bigquery/evolve.ts. */
export async function runSql(store: WarehouseStore, sql: string): Promise<QueryResult> {
  if (/^ALTER TABLE /i.test(sql)) return alter(store, sql);
  if (!/^SELECT /i.test(sql))
    throw new GoogleError(400, 'invalidQuery', `Syntax error: unexpected ${sql.slice(0, 20)}`);
  const folder = await mkdtemp(join(tmpdir(), 'fake-bigquery-'));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    let text = sql;
    for (const [quoted = '', project, dataset = '', name = ''] of sql.matchAll(/`([^`.]+)\.([^`.]+)\.([^`.]+)`/g)) {
      if (project !== store.project) throw new GoogleError(404, 'notFound', `Not found: Project ${project}`);
      const relation = await relationOf(store.table(dataset, name), folder);
      text = text.replaceAll(quoted, relation);
    }
    const result = await connection.runAndReadAll(text);
    const names = result.columnNames();
    const rows = result
      .getRows()
      .map((row) => ({ f: row.map((value) => ({ v: value === null ? null : String(value) })) }));
    return { schema: { fields: names.map((name) => ({ name, type: 'STRING' })) }, rows };
  } finally {
    connection.closeSync();
    instance.closeSync();
    await rm(folder, { recursive: true, force: true });
  }
}

async function relationOf(table: StoredTable, folder: string): Promise<string> {
  const file = join(folder, `${table.dataset}.${table.name}.ndjson`);
  await writeFile(file, table.rows.map((row) => JSON.stringify(row) + '\n').join(''));
  const columns = table.fields.map((field) => `'${field.name}': '${DUCKDB[typeOf(field)] ?? 'VARCHAR'}'`).join(', ');
  return `read_json('${file}', format = 'newline_delimited', columns = {${columns}})`;
}

function alter(store: WarehouseStore, sql: string): QueryResult {
  const [, dataset = '', name = '', rest = ''] = /^ALTER TABLE (\w+)\.(\w+)\s+([\s\S]*)$/.exec(sql) ?? [];
  const table = store.table(dataset, name);
  for (const [, column = '', type = ''] of rest.matchAll(/ADD COLUMN IF NOT EXISTS `?(\w+)`? (\w+)/g)) {
    if (!table.fields.some((field) => field.name === column))
      table.fields.push({ name: column, type, mode: 'NULLABLE' });
    table.rows = table.rows.map((row) => ({ ...row, [column]: null }));
  }
  for (const [, column = ''] of rest.matchAll(/ALTER COLUMN `?(\w+)`? DROP NOT NULL/g)) {
    table.fields = table.fields.map((field) => (field.name === column ? { ...field, mode: 'NULLABLE' } : field));
  }
  return { schema: { fields: [] }, rows: [] };
}
