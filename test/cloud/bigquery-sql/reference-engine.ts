import { qualifiedName, type Column, type ColumnType, type Table } from '../../../schema/column.js';
import { flatName } from './executable.js';
import { isMessage, items } from './resolved.js';
import type { AnalyzerServer, Message } from './server.js';

type Row = Readonly<Record<string, unknown>>;

/** Rows of a table of the schema, for one query. */
export interface Content {
  readonly table: Table;
  readonly rows: readonly Row[];
}

const MILLIS_PER_DAY = 86_400_000;

const KINDS: Record<ColumnType, string> = {
  string: 'TYPE_STRING',
  int32: 'TYPE_INT64',
  int64: 'TYPE_INT64',
  float64: 'TYPE_DOUBLE',
  boolean: 'TYPE_BOOL',
  timestamp: 'TYPE_TIMESTAMP',
  date: 'TYPE_DATE',
  bytes: 'TYPE_BYTES',
};

/**
 * Runs a query over literal rows in Google's reference engine, which comes with the analyzer. A request has 4 MB at most.
 *
 * @param columns names of the query's outputs, in order: the engine gives values alone
 * @returns rows as a query session gives them: times and dates as texts
 */
export async function evaluate(
  server: AnalyzerServer,
  language: Message,
  sql: string,
  columns: readonly string[],
  contents: readonly Content[],
): Promise<Row[]> {
  const response = await server.call('EvaluateQuery', {
    sql,
    options: { language_options: language },
    simple_catalog: {
      name: 'project',
      builtin_function_options: { language_options: language },
      table: contents.map(({ table }, index) => tableMessage(table, index + 1)),
    },
    table_content: Object.fromEntries(
      contents.map(({ table, rows }) => [
        nameOf(table),
        { table_data: { row: rows.map((row) => rowMessage(table, row)) } },
      ]),
    ),
  });
  const content = response['content'];
  const data = isMessage(content) ? content['table_data'] : null;
  const rows = isMessage(data) ? items(data['row']) : [];
  return rows.map((row) => {
    const cells = items(row['cell']);
    return Object.fromEntries(columns.map((name, index) => [name, plain(cells[index])]));
  });
}

function nameOf(table: Table): string {
  return flatName(qualifiedName(table));
}

function tableMessage(table: Table, id: number): Message {
  const column = table.columns.map(({ name, type }) => ({ name, type: { type_kind: KINDS[type] } }));
  return { name: nameOf(table), serialization_id: id, column };
}

function rowMessage(table: Table, row: Row): Message {
  return { cell: table.columns.map((column) => cell(column, row[column.name])) };
}

function cell(column: Column, value: unknown): Message {
  if (value === null || value === undefined) return {};
  switch (column.type) {
    case 'string':
      return { string_value: value };
    case 'int32':
    case 'int64':
      return { int64_value: value };
    case 'float64':
      return { double_value: value };
    case 'boolean':
      return { bool_value: value };
    case 'date':
      return { date_value: Date.parse(String(value)) / MILLIS_PER_DAY };
    case 'bytes':
      return { bytes_value: value };
    case 'timestamp':
      return {
        timestamp_value: { seconds: Math.floor(Number(value) / 1000), nanos: (Number(value) % 1000) * 1_000_000 },
      };
  }
}

function plain(value: Message | undefined): unknown {
  const kind = value?.['value'];
  if (typeof kind !== 'string') return null;
  const held = value?.[kind];
  if (kind === 'date_value') return new Date(Number(held) * MILLIS_PER_DAY).toISOString().slice(0, 10);
  if (kind !== 'timestamp_value' || !isMessage(held)) return held;
  return new Date(Number(held['seconds'] ?? 0) * 1000 + Number(held['nanos'] ?? 0) / 1_000_000).toISOString();
}
