import type { ColumnStatement, TableOption, TableStatement } from './ddl.js';
import { lintColumnName, lintTableName } from './lint-names.js';

/** Table options of BigQuery that a table here may have (documentation, "table_option_list", 2026). */
const TABLE_OPTIONS = new Set([
  'description',
  'friendly_name',
  'labels',
  'partition_expiration_days',
  'require_partition_filter',
  'kms_key_name',
]);

/** Column options of BigQuery (documentation, "column_option_list", 2026); a policy tag is none of them. */
const COLUMN_OPTIONS = new Set(['description', 'rounding_mode', 'data_policies']);

/** Types that a table can be clustered by. */
const CLUSTERING_TYPES = new Set(['BOOL', 'DATE', 'DATETIME', 'INT64', 'NUMERIC', 'BIGNUMERIC', 'STRING', 'TIMESTAMP']);

/** Limits of BigQuery (documentation, "Quotas and limits", 2026). */
const MOST = { partitions: 10_000, clusterColumns: 4, columns: 10_000, columnDescription: 1_024, description: 16_384 };

/**
 * Checks a `CREATE TABLE` against BigQuery's rules that an SQL analyzer does not know (names, options, limits), and against
 * ours: everything is described, partitions are days of a required date.
 *
 * @returns one sentence a violation; empty when the statement is right
 */
export function lintTable(table: TableStatement): readonly string[] {
  return [
    ...lintTableName(table.name),
    ...(table.columns.length > MOST.columns ? [`has ${table.columns.length} columns, 10,000 are the most`] : []),
    ...table.columns.flatMap(lintColumn),
    ...lintPartition(table),
    ...lintClustering(table),
    ...lintOptions(table.options, TABLE_OPTIONS, MOST.description, ''),
    ...lintLabels(table),
  ];
}

function lintColumn(column: ColumnStatement): string[] {
  return [
    ...lintColumnName(column.name),
    ...lintOptions(column.options, COLUMN_OPTIONS, MOST.columnDescription, ` of column ${column.name}`),
  ];
}

function lintPartition(table: TableStatement): string[] {
  const days = Number(optionOf(table, 'partition_expiration_days') ?? 0);
  if (table.partitionBy === null) {
    return table.options
      .filter(([name]) => name === 'partition_expiration_days' || name === 'require_partition_filter')
      .map(([name]) => `${name} needs PARTITION BY`);
  }
  const problems = [];
  const column = table.columns.find(({ name }) => name === table.partitionBy);
  if (column?.type !== 'DATE' || !column.required) {
    problems.push(
      `partitions by ${table.partitionBy}, which is not a required DATE column: a day would not be a partition`,
    );
  }
  // A table with partitions of an hour is full after 416 days; one of days after 27 years.
  const perDay = /,\s*HOUR\)$/i.test(table.partitionBy) ? 24 : 1;
  if (perDay > 1 && days === 0)
    problems.push(`${MOST.partitions} partitions of an hour are 416 days: expiration needed`);
  if (days * perDay > MOST.partitions) problems.push(`keeps ${days * perDay} partitions, 10,000 are the most`);
  return problems;
}

function lintClustering(table: TableStatement): string[] {
  const problems = table.clusterBy.flatMap((name) => {
    const type = table.columns.find((column) => column.name === name)?.type;
    if (type === undefined) return [`clusters by ${name}, which is no column of it`];
    return CLUSTERING_TYPES.has(type) ? [] : [`clusters by ${name}, a ${type}: not a type to cluster by`];
  });
  const count = table.clusterBy.length;
  return count > MOST.clusterColumns ? [...problems, `clusters by ${count} columns, 4 are the most`] : problems;
}

function lintOptions(options: readonly TableOption[], known: Set<string>, longest: number, where: string): string[] {
  const problems = options
    .filter(([name]) => !known.has(name))
    .map(([name]) => `option ${name}${where} is unknown or unwanted`);
  const names = options.map(([name]) => name);
  if (new Set(names).size !== names.length) problems.push(`an option${where} is given twice`);
  const description = options.find(([name]) => name === 'description')?.[1];
  if (description === undefined) problems.push(`has no description${where}`);
  else if (description.length - 2 > longest)
    problems.push(`the description${where} is longer than ${longest} characters`);
  return problems;
}

/** Labels: keys and values of at most 63 lower-case letters, digits, `_` and `-`; a key begins with a letter. */
function lintLabels(table: TableStatement): string[] {
  const labels = optionOf(table, 'labels') ?? '';
  return [...labels.matchAll(/\("([^"]*)",\s*"([^"]*)"\)/g)]
    .filter(([, key, value]) => !/^[a-z][a-z0-9_-]{0,62}$/.test(key ?? '') || !/^[a-z0-9_-]{0,63}$/.test(value ?? ''))
    .map(([label]) => `label ${label} breaks the rule for labels (lower case, at most 63 characters)`);
}

function optionOf(table: TableStatement, name: string): string | undefined {
  return table.options.find(([option]) => option === name)?.[1];
}
