import type { ViewDefinition } from '../../../bigquery/view.js';

/** Every table and view of ours in a text. */
const QUALIFIED = /\b(bronze|silver|gold|reference)\.([a-z0-9_]+)\b/g;

/**
 * The text of a view as the reference engine takes it: the views that it reads in place of their names, tables by names
 * without a dataset, and MAX_BY(x, k) written as what BigQuery documents it to be, ANY_VALUE(x HAVING MAX k). Nothing else
 * is changed.
 */
export function executable(view: ViewDefinition, views: readonly ViewDefinition[]): string {
  const inPlace = view.select.replaceAll(QUALIFIED, (name, tier: string, table: string) => {
    const inner = views.find((other) => other.name === name);
    return inner === undefined ? flatName(`${tier}.${table}`) : `(\n${executable(inner, views)}\n)`;
  });
  return chooseByHaving(inPlace);
}

/** A qualified name as one word: the engine finds rows of tables outside datasets only. */
export function flatName(qualified: string): string {
  return qualified.replace('.', '_');
}

/** Qualified names of the tables that a view reads, itself or through others. */
export function tablesOf(view: ViewDefinition, views: readonly ViewDefinition[]): ReadonlySet<string> {
  const names = [...view.select.matchAll(QUALIFIED)].map(([name]) => name);
  return new Set(
    names.flatMap((name) => {
      const inner = views.find((other) => other.name === name);
      return inner === undefined ? [name] : [...tablesOf(inner, views)];
    }),
  );
}

function chooseByHaving(sql: string): string {
  const call = /\b(MAX|MIN)_BY\(/.exec(sql);
  if (call === null) return sql;
  const from = call.index + call[0].length;
  const comma = endOf(sql, from, ',');
  const end = endOf(sql, comma + 1, ')');
  const chosen = `ANY_VALUE(${sql.slice(from, comma)} HAVING ${call[1]} ${sql.slice(comma + 1, end).trim()}`;
  return sql.slice(0, call.index) + chosen + chooseByHaving(sql.slice(end));
}

/** Where this sign stands next, outside brackets and literals. */
function endOf(sql: string, from: number, sign: string): number {
  let depth = 0;
  for (let at = from; at < sql.length; at += 1) {
    const letter = sql[at] as string;
    if (depth === 0 && letter === sign) return at;
    if (letter === "'") at = sql.indexOf("'", at + 1);
    else if ('(['.includes(letter)) depth += 1;
    else if (')]'.includes(letter)) depth -= 1;
  }
  throw new Error(`no ${sign} in ${sql.slice(from, from + 80)}`);
}
