import { Dialect, parse } from '@polyglot-sql/sdk';

/** A node of the syntax tree, as plain data: most are one key (the kind) over their fields. */
export type SyntaxNode = { readonly [key: string]: unknown };

/**
 * The syntax tree of one BigQuery query.
 *
 * @throws Error when it does not parse: the queries are our own source
 */
export function parseQuery(sql: string): SyntaxNode {
  const result = parse(sql, Dialect.BigQuery);
  const [query] = Array.isArray(result.ast) ? (result.ast as unknown[]) : [];
  if (!result.success || !isNode(query)) throw new Error(`BigQuery would not take this: ${result.error}\n${sql}`);
  return query;
}

/** Qualified names of the tables and views that a query reads, each once. */
export function sourcesOf(sql: string): readonly string[] {
  const names = new Set<string>();
  for (const { kind, fields } of nodes(parseQuery(sql))) {
    if (kind !== 'table') continue;
    const schema = nameOf(fields['schema']);
    const name = nameOf(fields['name']);
    if (schema !== null && name !== null) names.add(`${schema}.${name}`);
  }
  return [...names];
}

/** Every node below (and with) a node that has a kind, in the order in which it is written. */
export function* nodes(root: unknown): Generator<{ readonly kind: string; readonly fields: SyntaxNode }> {
  if (Array.isArray(root)) {
    for (const item of root) yield* nodes(item);
  } else if (isNode(root)) {
    for (const [key, value] of Object.entries(root)) {
      if (isNode(value)) yield { kind: key, fields: value };
      yield* nodes(value);
    }
  }
}

/** The text of an identifier node, null when it is none. */
export function nameOf(identifier: unknown): string | null {
  if (!isNode(identifier)) return null;
  return typeof identifier['name'] === 'string' ? identifier['name'] : null;
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
