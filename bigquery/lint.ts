import { qualifiedName, type Table } from '../schema/column.js';
import { lintMaterialized } from './lint-materialized.js';
import { lintTableName } from './lint-names.js';
import { sourcesOf } from './syntax.js';
import type { ViewDefinition } from './view.js';

/** Functions that give another answer on another day: neither materialized views nor replays may depend on them. */
const CHANGING = /\b(CURRENT_(?:DATE|TIME|DATETIME|TIMESTAMP)|RAND|GENERATE_UUID|SESSION_USER)\b/i;

/** What BigQuery takes but the transpiler renders wrongly or not at all (docs: One SQL source). */
const UNSUPPORTED: readonly (readonly [RegExp, string])[] = [
  [/\bARRAY_AGG\([^)]*\bLIMIT\b/i, 'ARRAY_AGG … LIMIT: use MAX_BY'],
  [/\bIGNORE NULLS\b/i, 'IGNORE NULLS: make the order key null instead'],
  [/\bWINDOW\s+\w+\s+AS\b/i, 'a named WINDOW: write OVER (…) in place'],
  [
    /\b(?:FORMAT_TIMESTAMP|TIMESTAMP_BUCKET|TIMESTAMP_DIFF|TIMESTAMP_MILLIS)\(/i,
    'a timestamp function: use UNIX_MILLIS',
  ],
];

/**
 * BigQuery's documentation says that MAX_BY passes over rows whose value is null, Google's reference engine does not. So the
 * value is never null, or the order key is null with it.
 */
const NULLABLE_CHOICE = /\b(?:MAX|MIN)_BY\(\s*\w+\s*,(?!\s*IF\()/i;

/**
 * Checks a view against BigQuery's rules for it, and against the subset that both engines answer alike.
 *
 * @param view the view
 * @param tables the tables it may read
 * @param views names of all views, so that nesting is seen
 * @returns one sentence a violation; empty when the view is right
 */
export function lintView(view: ViewDefinition, tables: readonly Table[], views: readonly string[]): readonly string[] {
  const problems: string[] = [];
  const known = new Set([...tables.map(qualifiedName), ...views]);
  const sources = sourcesOf(view.select);
  for (const source of sources) if (!known.has(source)) problems.push(`reads ${source}, which does not exist`);
  for (const [pattern, remedy] of UNSUPPORTED) if (pattern.test(view.select)) problems.push(remedy);
  const changing = CHANGING.exec(view.select);
  if (changing !== null) problems.push(`${changing[1]} depends on when it is asked`);
  problems.push(...lintTableName(view.name), ...lintSources(sources, tables));
  if (view.kind === 'materialized') problems.push(...lintMaterialized(view, tables, sources));
  else if (NULLABLE_CHOICE.test(view.select))
    problems.push('MAX_BY of a bare column: COALESCE it, or a null order key');
  return problems;
}

/** Views are for everybody who may read gold: what is restricted, or must be read by the day, is not behind them. */
function lintSources(sources: readonly string[], tables: readonly Table[]): string[] {
  return tables
    .filter((table) => sources.includes(qualifiedName(table)))
    .flatMap((table) => {
      const restricted = table.columns.some((column) => column.identifying === true);
      return [
        ...(restricted ? [`reads ${qualifiedName(table)}, which holds what may identify a person`] : []),
        ...(table.warehouse?.requirePartitionFilter === true
          ? [`reads ${qualifiedName(table)} without a partition filter`]
          : []),
      ];
    });
}
