import { Dialect, transpile } from '@polyglot-sql/sdk';

/**
 * A query of bigquery/views/ in DuckDB's dialect. For rendering and tests only: what it returns is committed
 * (query/views.generated.ts), the library is not needed at run time.
 *
 * DuckDB's ARG_MAX passes over rows whose first argument is null: a withdrawn pane (all values null) would show the values
 * of the pane before it. Hence ARG_MAX_NULL, which is what Google's reference engine does for MAX_BY. BigQuery's documentation
 * says otherwise, so no logical view depends on it (docs/bigquery.md).
 *
 * @param select one query in BigQuery's dialect, without a final semicolon
 * @throws Error when the library refuses it
 */
export function transpileToDuckDb(select: string): string {
  const result = transpile(select, Dialect.BigQuery, Dialect.DuckDB, { pretty: true, unsupportedLevel: 'raise' });
  const [sql] = result.sql ?? [];
  if (!result.success || sql === undefined) throw new Error(`No DuckDB text for this: ${result.error}\n${select}`);
  return sql.replaceAll(/\bARG_(MAX|MIN)\(/g, 'ARG_$1_NULL(');
}
