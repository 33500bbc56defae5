import { qualifiedName, type Table } from '../schema/column.js';
import { TABLES } from '../schema/index.js';
import { VIEWS } from './views.generated.js';

/** Functions that make a relation out of a text, which may be put together while the query runs. */
const DYNAMIC = /\bquery(?:_table)?\s*\(/i;

/**
 * The tables that a query may read, through views too; perhaps some that it does not. A table cannot be read without its
 * tier and its name standing somewhere in the text, because no tier is on the search path; where a text is made while the
 * query runs, it may be any table.
 */
export function tablesIn(sql: string): readonly Table[] {
  const tables = TABLES as readonly Table[];
  if (DYNAMIC.test(sql)) return tables;
  const text = textWithViews(sql);
  return tables.filter((table) => mentions(text, qualifiedName(table)));
}

/** The query, and the text of every view that it mentions or that one of those mentions. */
function textWithViews(sql: string): string {
  let text = sql;
  const known = new Set<string>();
  for (;;) {
    const found = VIEWS.filter(({ name }) => !known.has(name) && mentions(text, name));
    if (found.length === 0) return text;
    for (const view of found) {
      known.add(view.name);
      text += `\n${view.sql}`;
    }
  }
}

/** Whether tier and name both occur as words, however they are quoted, spaced or written. */
function mentions(text: string, qualified: string): boolean {
  return qualified.split('.').every((word) => new RegExp(`(?<![a-z0-9_])${word}(?![a-z0-9_])`, 'i').test(text));
}
