import { isMessage, items, resolvedNode, type ResolvedNode } from './resolved.js';
import type { Message } from './server.js';

/** Aggregates of incremental views, by the analyzer's names (BigQuery documentation, "Create materialized views", 2026). */
const INCREMENTAL = new Set(
  (
    'any_value approx_count_distinct array_agg avg bit_and bit_or bit_xor count $count_star countif hll_count.init ' +
    'logical_and logical_or max min max_by min_by sum'
  ).split(' '),
);

/** Aggregates that incremental views have, but not over a STRUCT. */
const NOT_OVER_STRUCT = new Set(['any_value', 'array_agg', 'max_by', 'min_by']);

const CHANGING = /"(?:ZetaSQL:)?(current_(?:date|timestamp|time|datetime)|rand|generate_uuid|session_user)"/i;

const REFUSED: Readonly<Record<string, string>> = {
  analytic_scan: 'a window function',
  order_by_scan: 'ORDER BY',
  limit_offset_scan: 'LIMIT',
  set_operation_scan: 'a set operation',
  array_scan: 'an array',
};

/**
 * Checks the resolved query of a materialized view against BigQuery's rules for incremental views: what the analyzer has
 * understood, not how it is written.
 *
 * @param query the resolved query
 * @param materialized names of the materialized views that are there
 * @returns one sentence a violation
 */
export function incrementalProblems(query: unknown, materialized: ReadonlySet<string>): readonly string[] {
  const walk = new Walk();
  walk.scan(query, 0);
  const text = JSON.stringify(query);
  const changing = CHANGING.exec(text);
  if (changing !== null) walk.problems.push(`${changing[1]} changes`);
  if (walk.aggregations > 1) walk.problems.push('aggregates an aggregate');
  const tables = walk.tables;
  if (new Set(tables).size < tables.length) walk.problems.push('joins a table with itself');
  for (const name of tables) if (materialized.has(name)) walk.problems.push(`reads the materialized view ${name}`);
  return walk.problems;
}

class Walk {
  readonly problems: string[] = [];
  readonly tables: string[] = [];
  aggregations = 0;

  scan(wrapped: unknown, depth: number): void {
    const node = resolvedNode(wrapped);
    if (node === null) return;
    const refused = REFUSED[node.kind];
    if (refused !== undefined) this.problems.push(`${refused} is not incremental`);
    const input = node.field('input_scan');
    if (node.kind === 'aggregate_scan') this.aggregate(node);
    if (resolvedNode(input)?.kind === 'aggregate_scan') this.above(node, depth);
    const table = node.field('table');
    if (node.kind === 'table_scan' && isMessage(table)) this.tables.push(String(table['full_name'] || table['name']));
    for (const field of ['input_scan', 'left_scan', 'right_scan']) this.scan(node.field(field), depth + 1);
  }

  /** What may stand above the aggregation: the outputs, as they are. */
  private above(node: ResolvedNode, depth: number): void {
    if (node.kind === 'filter_scan') this.problems.push('HAVING is not incremental');
    if (node.kind !== 'project_scan' || depth > 0) return;
    for (const computed of items(node.field('expr_list'))) {
      const column = computed['column'] as Message | undefined;
      this.problems.push(`${String(column?.['name'])} computes with an aggregate`);
    }
  }

  private aggregate(node: ResolvedNode): void {
    this.aggregations += 1;
    for (const computed of items(node.field('aggregate_list'))) {
      const call = resolvedNode(computed['expr']);
      const name = functionName(call);
      if (!INCREMENTAL.has(name)) this.problems.push(`aggregate ${name} is not incremental`);
      if (call?.field('distinct') === true) this.problems.push(`DISTINCT in ${name} is not incremental`);
      if (NOT_OVER_STRUCT.has(name) && typeKind(call) === 'TYPE_STRUCT') this.problems.push(`${name} over a STRUCT`);
    }
  }
}

function functionName(call: ResolvedNode | null): string {
  const called = call?.field('function');
  const name = isMessage(called) ? called['name'] : '';
  return String(name)
    .replace(/^[^:]*:/, '')
    .toLowerCase();
}

function typeKind(call: ResolvedNode | null): unknown {
  const type = call?.field('type');
  return isMessage(type) ? type['type_kind'] : undefined;
}
