import { qualifiedName, type Column, type ColumnType, type Table } from '../column.js';

/** GoogleSQL types of the logical types. A timestamp is an instant, as it is in the lake. */
const BIGQUERY_TYPES: Record<ColumnType, string> = {
  string: 'STRING',
  int32: 'INT64',
  int64: 'INT64',
  float64: 'FLOAT64',
  boolean: 'BOOL',
  timestamp: 'TIMESTAMP',
  date: 'DATE',
  bytes: 'BYTES',
};

/** Column names that GoogleSQL reserves, or that read like a clause: quoted in DDL. */
const QUOTED = new Set(['offset', 'window', 'rows', 'range', 'order', 'group', 'all']);

/** A column as BigQuery's API, load jobs and Terraform's `schema` argument describe it. */
export interface BigQueryField {
  readonly name: string;
  readonly type: string;
  readonly mode: 'REQUIRED' | 'NULLABLE';
  readonly description: string;
}

/** The columns of a table in BigQuery; those that may identify a person say so in their description. */
export function bigQueryFields(table: Table): readonly BigQueryField[] {
  return table.columns.map((column) => ({
    name: column.name,
    type: BIGQUERY_TYPES[column.type],
    mode: column.required ? 'REQUIRED' : 'NULLABLE',
    description: describe(column),
  }));
}

/** What a table is, and its key; no description of a table says who it is about. */
export function bigQueryDescription(table: Table): string {
  return `${table.description} Key: ${table.key.join(', ')}.`;
}

/** Labels of a table: what to filter costs and jobs by. */
export function bigQueryLabels(table: Table): Readonly<Record<string, string>> {
  const restricted = table.columns.some((column) => column.identifying === true);
  return { application: 'vitals', tier: table.tier, data: restricted ? 'identifying' : 'pseudonymous' };
}

/**
 * The `CREATE TABLE` of a table (bigquery/tables/): partitioned by its date, clustered by its keys.
 *
 * No primary key is declared: panes and versions are append-only under an at-least-once sink, and BigQuery answers
 * wrongly when an unenforced key does not hold. Policy tags are no option of DDL: see schema/render/bigquery-schema.ts.
 */
export function renderBigQueryTable(table: Table): string {
  const columns = bigQueryFields(table).map((field) => `  ${renderField(field)}`);
  const lines = [
    '-- Rendered from schema/ by `npm run render`: change the schema, not this file.',
    `CREATE TABLE IF NOT EXISTS ${qualifiedName(table)} (`,
    columns.join(',\n'),
    ')',
    ...(table.partitionBy === null ? [] : [`PARTITION BY ${table.partitionBy}`]),
    ...(table.clusterBy.length === 0 ? [] : [`CLUSTER BY ${table.clusterBy.map(quoteName).join(', ')}`]),
    `OPTIONS (\n  ${renderOptions(table).join(',\n  ')}\n);`,
  ];
  return `${lines.join('\n')}\n`;
}

function renderOptions(table: Table): string[] {
  const { partitionExpirationDays, requirePartitionFilter } = table.warehouse ?? {};
  const labels = Object.entries(bigQueryLabels(table)).map(
    ([key, value]) => `(${quoteText(key)}, ${quoteText(value)})`,
  );
  return [
    `description = ${quoteText(bigQueryDescription(table))}`,
    ...(partitionExpirationDays === undefined ? [] : [`partition_expiration_days = ${partitionExpirationDays}`]),
    ...(requirePartitionFilter === true ? ['require_partition_filter = TRUE'] : []),
    `labels = [${labels.join(', ')}]`,
  ];
}

function renderField(field: BigQueryField): string {
  const required = field.mode === 'REQUIRED' ? ' NOT NULL' : '';
  return `${quoteName(field.name)} ${field.type}${required} OPTIONS (description = ${quoteText(field.description)})`;
}

function describe(column: Column): string {
  const unit = column.unit === undefined ? '' : ` [${column.unit}]`;
  return `${column.description}${unit}${column.identifying === true ? ' Restricted: may identify a person.' : ''}`;
}

/** A column name as DDL takes it. */
export function quoteName(name: string): string {
  return QUOTED.has(name) ? `\`${name}\`` : name;
}

/** A text as a GoogleSQL literal. */
export function quoteText(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
