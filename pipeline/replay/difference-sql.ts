import { quoteName, quoteText } from '../../query/sql-text.js';
import type { ComparedTable } from './compared-tables.js';

/** Two relations of one table, each in parentheses, and what of the old one counts. */
export interface Sides {
  readonly old: string;
  readonly new: string;
  /** Condition on rows of the old lake, under the alias `r`: those that the new one was made to replace. */
  readonly counts: string;
  /** Condition on rows of either lake, under the alias `r`: those that can be compared. */
  readonly comparable: string;
}

/** Where {@link differenceSql} leaves one row for every row that differs. */
export const DIFFERENCE = 'difference';

/**
 * Statements that fill {@link DIFFERENCE}: `kind` (added, changed, removed), `reason`, what is shown of the row, and
 * `changes`: column, old and new value of each that differs.
 *
 * Rows are the same row by their key. What has no counterpart is then paired by fewer columns, so that a reading that a rule
 * now reads otherwise is one that changed, not one that went and another that came.
 */
export function differenceSql(table: ComparedTable, sides: Sides): readonly string[] {
  const { key, pairBy } = table;
  const all = (relation: string) => `(SELECT r.* FROM ${table.rows(relation)} r WHERE ${sides.comparable})`;
  const due = `(SELECT r.* FROM ${all(sides.old)} r WHERE ${sides.counts})`;
  const using = (columns: readonly string[]) => `USING (${columns.map(quoteName).join(', ')})`;
  const numbered = (relation: string, other: string) => `SELECT *, row_number() OVER (
      ${pairBy.length > 0 ? `PARTITION BY ${pairBy.map(quoteName).join(', ')}` : ''}
      ORDER BY ${key.map(quoteName).join(', ')}) AS place
    FROM ${relation} ANTI JOIN ${other} ${using(key)}`;
  const paired =
    pairBy.length > 0 ? `${pairBy.map((name) => equal(name)).join(' AND ')} AND o.place = n.place` : 'false';
  return [
    `CREATE OR REPLACE TABLE only_old AS ${numbered(due, all(sides.new))}`,
    `CREATE OR REPLACE TABLE only_new AS ${numbered(all(sides.new), all(sides.old))}`,
    `CREATE OR REPLACE TABLE ${DIFFERENCE} AS
      SELECT 'changed' AS kind, ${described(table)} FROM ${due} o JOIN ${all(sides.new)} n
        ON ${key.map(equal).join(' AND ')} WHERE ${table.columns.map(differs).join(' OR ')}
      UNION ALL
      SELECT CASE WHEN o.place IS NULL THEN 'added' WHEN n.place IS NULL THEN 'removed' ELSE 'changed' END AS kind,
        ${described(table)} FROM only_old o FULL JOIN only_new n ON ${paired}`,
    `CREATE OR REPLACE TABLE counted AS SELECT
      (SELECT count(*) FROM ${due})::BIGINT AS before, (SELECT count(*) FROM ${all(sides.new)})::BIGINT AS after`,
  ];
}

function described({ shown, columns, reason }: ComparedTable): string {
  const either = (name: string) => `coalesce(n.${quoteName(name)}, o.${quoteName(name)})`;
  const facts = shown.map((name) => `${quoteText(name)}: ${either(name)}::VARCHAR`).join(', ');
  const changes = columns.map((name) => {
    const [before, after] = [`o.${quoteName(name)}::VARCHAR`, `n.${quoteName(name)}::VARCHAR`];
    return `CASE WHEN ${differs(name)} THEN {'column': ${quoteText(name)}, 'old': ${before}, 'new': ${after}} END`;
  });
  return `${reason === null ? 'NULL' : either(reason)}::VARCHAR AS reason, {${facts}} AS shown,
    list_filter([${changes.join(', ')}], lambda change: change IS NOT NULL) AS changes`;
}

function equal(name: string): string {
  return `o.${quoteName(name)} = n.${quoteName(name)}`;
}

function differs(name: string): string {
  return `o.${quoteName(name)} IS DISTINCT FROM n.${quoteName(name)}`;
}
