import { quoteName } from '../../query/sql-text.js';
import { VIEWS } from '../../query/views.generated.js';
import { qualifiedName, type Table } from '../../schema/column.js';
import { TABLES } from '../../schema/index.js';

/** A table or a view by its qualified name, as SQL mentions it. */
const QUALIFIED = /\b(?:bronze|silver|gold|reference)\.[a-z_0-9]+\b/g;

/**
 * One statement that answers a question over the relations that it is given: tables and views that the question mentions
 * become common table expressions of the same names, so that the texts of bigquery/views/ serve unchanged over any choice of
 * files, rows and times, and nothing has to be created in the database.
 *
 * @param sql a SELECT that does not begin with WITH
 * @param relationOf the rows of a table, as SQL in parentheses
 */
export function composeQuestion(sql: string, relationOf: (table: Table) => string): string {
  const views = viewsIn(sql);
  const parts = [
    ...tablesOf(sql).map((table) => [qualifiedName(table), `FROM ${relationOf(table)}`] as const),
    ...views.map((view) => [view.name, view.sql] as const),
  ];
  const known = new Set(parts.map(([name]) => name));
  const named = (text: string) => text.replaceAll(QUALIFIED, (name) => (known.has(name) ? quoteName(name) : name));
  if (parts.length === 0) return sql;
  return `WITH ${parts.map(([name, text]) => `${quoteName(name)} AS (${named(text)})`).join(',\n')}\n${named(sql)}`;
}

/** The tables that a question reads, through views too. */
export function tablesOf(sql: string): readonly Table[] {
  const mentioned = new Set([sql, ...viewsIn(sql).map((view) => view.sql)].flatMap(namesIn));
  return (TABLES as readonly Table[]).filter((table) => mentioned.has(qualifiedName(table)));
}

/** The views that a question reads, through each other too, each after those that it reads. */
function viewsIn(sql: string): typeof VIEWS {
  const wanted = new Set(namesIn(sql));
  for (const view of [...VIEWS].reverse()) {
    if (wanted.has(view.name)) for (const name of namesIn(view.sql)) wanted.add(name);
  }
  return VIEWS.filter((view) => wanted.has(view.name));
}

function namesIn(sql: string): string[] {
  return Array.from(sql.matchAll(QUALIFIED), ([name]) => name);
}
