import { qualifiedName, type Table } from '../schema/column.js';
import { bigQueryFields, quoteName, quoteText, type BigQueryField } from '../schema/render/bigquery.js';
import type { ExistingField, ExistingTable } from './existing-table.js';

/** What has to be done to a table before rows of our schema go in: either statements, or reasons why not. */
export interface Evolution {
  /** In order; none of them rewrites the table, each may be repeated. Empty when there is nothing to do, or a refusal. */
  readonly statements: readonly string[];
  /** One line each: what differs, and the remedy. Whoever gets one must not write to the table. */
  readonly refusals: readonly string[];
}

/** BigQuery's API answers with the older names of some types. */
const API_TYPES: Readonly<Record<string, string>> = { INTEGER: 'INT64', FLOAT: 'FLOAT64', BOOLEAN: 'BOOL' };

/**
 * Compares a table as BigQuery has it with the schema. A nullable column that is new here is added (no rewrite: old rows
 * read as null), a required column that is nullable here is relaxed. Whatever would break those who read the table (drop,
 * rename, retype, a required column, another partition or clustering) is refused.
 *
 * @param existing what `tables.get` answers
 * @param wanted the table of schema/
 */
export function planEvolution(existing: ExistingTable, wanted: Table): Evolution {
  const fields = new Map((existing.schema?.fields ?? []).map((field) => [field.name.toLowerCase(), field]));
  const refusals = [
    ...refuseKind(existing),
    ...refuseGone(fields, wanted),
    ...bigQueryFields(wanted).flatMap((field) => refuseField(fields.get(field.name), field)),
    ...refuseUntagged(fields, wanted),
    ...refuseLayout(existing, wanted),
  ];
  if (refusals.length > 0)
    return { statements: [], refusals: refusals.map((line) => `${qualifiedName(wanted)}: ${line}`) };
  return { statements: alter(fields, wanted), refusals: [] };
}

type Fields = ReadonlyMap<string, ExistingField>;

function alter(fields: Fields, wanted: Table): string[] {
  const added = bigQueryFields(wanted).filter((field) => !fields.has(field.name));
  const relaxed = bigQueryFields(wanted).filter(
    (field) => field.mode === 'NULLABLE' && fields.get(field.name)?.mode === 'REQUIRED',
  );
  const table = `ALTER TABLE ${qualifiedName(wanted)}`;
  const statements = relaxed.map(({ name }) => `${table} ALTER COLUMN ${quoteName(name)} DROP NOT NULL;`);
  // One statement for all columns: a table takes five updates of its metadata in ten seconds.
  if (added.length > 0) statements.unshift(`${table}\n  ${added.map(addColumn).join(',\n  ')};`);
  return statements;
}

function addColumn(field: BigQueryField): string {
  const options = `OPTIONS (description = ${quoteText(field.description)})`;
  return `ADD COLUMN IF NOT EXISTS ${quoteName(field.name)} ${field.type} ${options}`;
}

function refuseKind(existing: ExistingTable): string[] {
  const type = existing.type ?? 'TABLE';
  return type === 'TABLE' ? [] : [`is a ${type} in BigQuery, not a table; rename or drop it, then create the table`];
}

function refuseGone(fields: Fields, wanted: Table): string[] {
  const names = new Set(wanted.columns.map((column) => column.name));
  return [...fields.values()]
    .filter((field) => !names.has(field.name.toLowerCase()))
    .map(
      ({ name }) =>
        `column ${name} is in BigQuery and not in schema/: dropping or renaming it breaks readers; ` +
        `put it back as a nullable column, or drop it there yourself once nobody reads it`,
    );
}

function refuseField(found: ExistingField | undefined, field: BigQueryField): string[] {
  if (found === undefined) {
    if (field.mode === 'NULLABLE') return [];
    return [`column ${field.name} is new and required, but rows that are there have none; make it nullable in schema/`];
  }
  const mode = found.mode ?? 'NULLABLE';
  const type = mode === 'REPEATED' ? `ARRAY<${typeOf(found)}>` : typeOf(found);
  if (type !== field.type) {
    return [
      `column ${field.name} is ${type} in BigQuery and ${field.type} in schema/: another type breaks readers; ` +
        `add a column of another name instead`,
    ];
  }
  if (mode !== 'REQUIRED' && field.mode === 'REQUIRED') {
    return [`column ${field.name} may be null in BigQuery and must not in schema/; make it nullable in schema/`];
  }
  return [];
}

/** A column that identifies people must never be there without its policy tag, which DDL cannot give. */
function refuseUntagged(fields: Fields, wanted: Table): string[] {
  return wanted.columns
    .filter((column) => column.identifying === true && !column.required && !fields.has(column.name))
    .map(
      ({ name }) =>
        `column ${name} is new and may identify a person; add it with its policy tag: run terraform apply first`,
    );
}

function refuseLayout(existing: ExistingTable, wanted: Table): string[] {
  const { timePartitioning: time, rangePartitioning: range } = existing;
  const found = range !== undefined ? 'a range of integers' : time === undefined ? 'nothing' : describePartition(time);
  const partition = wanted.partitionBy === null ? 'nothing' : `${wanted.partitionBy} by DAY`;
  const remedy = 'create the table anew under another name, load it, and rename';
  const refusals = [];
  if (found !== partition) refusals.push(`is partitioned on ${found} in BigQuery and on ${partition} here; ${remedy}`);
  const clustered = (existing.clustering?.fields ?? []).join(', ') || 'nothing';
  const cluster = wanted.clusterBy.join(', ') || 'nothing';
  if (clustered !== cluster)
    refusals.push(`is clustered by ${clustered} in BigQuery and by ${cluster} here; ${remedy}`);
  return refusals;
}

function describePartition(time: NonNullable<ExistingTable['timePartitioning']>): string {
  return `${time.field ?? 'the time of loading'} by ${time.type ?? 'DAY'}`;
}

function typeOf(field: ExistingField): string {
  const type = field.type.toUpperCase();
  return API_TYPES[type] ?? type;
}
