import { qualifiedName, type Table } from '../schema/column.js';
import { isNode, nameOf, nodes, parseQuery, type SyntaxNode } from './syntax.js';
import type { ViewDefinition } from './view.js';

/** Aggregates of incremental materialized views (BigQuery documentation, "Create materialized views", 2026). */
const INCREMENTAL_AGGREGATES = new Set([
  'ANY_VALUE',
  'APPROX_COUNT_DISTINCT',
  'ARRAY_AGG',
  'AVG',
  'BIT_AND',
  'BIT_OR',
  'BIT_XOR',
  'COUNT',
  'COUNTIF',
  'HLL_COUNT.INIT',
  'LOGICAL_AND',
  'LOGICAL_OR',
  'MAX',
  'MAX_BY',
  'MIN',
  'MIN_BY',
  'SUM',
]);

/** Clauses that an incremental view may have; any other makes it non-incremental. */
const INCREMENTAL_CLAUSES = new Set(['expressions', 'from', 'where_clause', 'group_by']);

/** `max_staleness` is left out on purpose: it means data at least 30 minutes old, wrong for clinical views. */
const OPTIONS = new Set(['enable_refresh', 'refresh_interval_minutes', 'description', 'friendly_name', 'labels']);

/** Aggregates that incremental views have, but not over a STRUCT. */
const OVER_STRUCT = /\b(?:ANY_VALUE|ARRAY_AGG|MAX_BY|MIN_BY)\(\s*STRUCT\b/i;

/** Longest refresh interval, in minutes: a week. */
const LONGEST_REFRESH = 10_080;

/** A clause of at most this many columns (BigQuery's limit on clustering). */
const MAX_CLUSTER_COLUMNS = 4;

/**
 * Checks a materialized view against BigQuery's rules for incremental ones, without `max_staleness`: then every read is fresh.
 *
 * @param sources qualified names of what it reads
 * @returns one sentence a violation; empty when the view is right
 */
export function lintMaterialized(view: ViewDefinition, tables: readonly Table[], sources: readonly string[]): string[] {
  const query = parseQuery(view.select)['select'];
  if (!isNode(query)) return ['a set operation is not incremental'];
  const problems = Object.entries(query)
    .filter(([clause, value]) => !INCREMENTAL_CLAUSES.has(clause) && isPresent(value))
    .map(([clause]) => `${clause.toUpperCase()} is not incremental`);
  const base = tables.find((table) => qualifiedName(table) === sources[0]);
  if (sources.length !== 1 || base === undefined || [...nodes(query)].some(({ kind }) => kind === 'subquery')) {
    problems.push('reads something else than one table');
  } else {
    const columns = new Set<string>(base.columns.map((column) => column.name));
    for (const name of columnsOf(query)) if (!columns.has(name)) problems.push(`${sources[0]} has no column ${name}`);
    if (view.partitionBy !== base.partitionBy)
      problems.push(`partitions by ${view.partitionBy}, its table by ${base.partitionBy}`);
  }
  if (OVER_STRUCT.test(view.select)) problems.push('chooses a STRUCT, which is not incremental');
  problems.push(...lintOutputs(view, query), ...lintOptions(view));
  return problems;
}

/** Outputs are grouped columns and bare aggregates; what the view partitions and clusters by is grouped. */
function lintOutputs(view: ViewDefinition, query: SyntaxNode): string[] {
  const problems: string[] = [];
  const grouped = new Set(columnsOf(query['group_by']));
  if (grouped.size === 0) problems.push('has no GROUP BY');
  for (const output of list(query['expressions'])) {
    const alias = isNode(output) && isNode(output['alias']) ? output['alias'] : null;
    const [kind, fields] = soleEntry(alias === null ? output : alias['this']);
    if (kind === 'column') {
      const name = nameOf(fields['name']) ?? '';
      if (!grouped.has(name)) problems.push(`${name} is neither grouped nor aggregated`);
    } else if (kind === 'window_function') problems.push('a window function is not incremental');
    else problems.push(...lintAggregate(kind, fields));
  }
  for (const name of [view.partitionBy, ...view.clusterBy]) {
    if (name !== null && !grouped.has(name)) problems.push(`partitions or clusters by ${name}, which is not grouped`);
  }
  if (view.clusterBy.length > MAX_CLUSTER_COLUMNS)
    problems.push(`clusters by ${view.clusterBy.length} columns, 4 is the most`);
  return problems;
}

function lintAggregate(kind: string, fields: SyntaxNode): string[] {
  const written = fields['name'] ?? fields['original_name'];
  const name = typeof written === 'string' ? written.toUpperCase() : kind.toUpperCase();
  if (!INCREMENTAL_AGGREGATES.has(name)) return [`${name} is not an aggregate that an incremental view may have, bare`];
  if (fields['distinct'] === true) return [`DISTINCT in ${name} is not incremental`];
  const [, order] = list(fields['args']);
  if (name === 'MAX_BY' && columnsOf(order)[0] !== 'order_key')
    return ['MAX_BY takes the latest pane by order_key only'];
  if (name === 'MIN_BY' || name === 'SUM') return [`${name} would count panes that were replaced`];
  return [];
}

function lintOptions(view: ViewDefinition): string[] {
  const problems = Object.keys(view.options)
    .filter((name) => !OPTIONS.has(name))
    .map((name) => `option ${name} is unknown or unwanted`);
  if (view.options['enable_refresh'] !== 'true') problems.push('enable_refresh is not true');
  const minutes = Number(view.options['refresh_interval_minutes'] ?? 30);
  if (!(minutes >= 1 && minutes <= LONGEST_REFRESH))
    problems.push(`refreshes every ${minutes} minutes, not 1 to 10,080`);
  return problems;
}

function columnsOf(root: unknown): string[] {
  return [...nodes(root)].filter(({ kind }) => kind === 'column').map(({ fields }) => nameOf(fields['name']) ?? '');
}

function soleEntry(node: unknown): readonly [string, SyntaxNode] {
  const [entry] = isNode(node) ? Object.entries(node) : [];
  return entry !== undefined && isNode(entry[1]) ? [entry[0], entry[1]] : ['', {}];
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function isPresent(value: unknown): boolean {
  return value !== null && value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
}
