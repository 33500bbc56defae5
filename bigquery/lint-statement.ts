import type { Table } from '../schema/column.js';
import { parseTable } from './ddl.js';
import { lintTable } from './lint-table.js';
import { lintView } from './lint.js';
import { parseView } from './view.js';

/**
 * Checks the text of one file of bigquery/tables/ or bigquery/views/.
 *
 * @param text the file
 * @param tables the tables that a view may read
 * @param views names of all views
 * @returns one sentence a violation; empty when the statement is right
 */
export function lintStatement(text: string, tables: readonly Table[], views: readonly string[]): readonly string[] {
  try {
    return /^CREATE (?:OR REPLACE )?TABLE\b/m.test(text)
      ? lintTable(parseTable(text))
      : lintView(parseView(text), tables, views);
  } catch (error) {
    return [error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)];
  }
}
