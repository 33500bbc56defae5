import type { Cell } from './cells.js';
import type { QueryRow } from './database.js';

/** What a spreadsheet takes for a formula at the beginning of a text (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * Rows as CSV (RFC 4180, line ends `\n`), the heading first. Missing is an empty cell, an empty text is `""`.
 *
 * A text that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay as they are.
 *
 * @yields lines with their line ends
 */
export async function* csvLines(columns: readonly string[], rows: AsyncIterable<QueryRow>): AsyncGenerator<string> {
  yield `${columns.map((name) => csvCell(name)).join(',')}\n`;
  for await (const row of rows) yield `${columns.map((name) => csvCell(row[name] ?? null)).join(',')}\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell);
  const text = typeof cell === 'string' ? cell : JSON.stringify(cell);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return safe === '' || /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
