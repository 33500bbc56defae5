import type { Cell } from './cells.js';
import type { QueryRow } from './database.js';

/** Rows whose widths are looked at before the first line is printed. */
const ROWS_MEASURED = 1_000;
const GAP = '  ';

/** What a terminal would obey or hide instead of show: control characters, line separators, bidirectional marks. */
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * Rows as aligned text, numbers to the right, a heading first; missing values show as `null`.
 *
 * Columns are as wide as the heading and the first 1,000 rows need. Text of others cannot steer the terminal: control
 * and direction characters are shown as escapes.
 *
 * @yields lines with their line ends
 */
export async function* textTable(columns: readonly string[], rows: AsyncIterable<QueryRow>): AsyncGenerator<string> {
  const measured: QueryRow[] = [];
  let layout: Layout | null = null;
  for await (const row of rows) {
    if (layout === null) {
      measured.push(row);
      if (measured.length < ROWS_MEASURED) continue;
      layout = layOut(columns, measured);
      yield* head(columns, layout);
      for (const waiting of measured.splice(0)) yield line(columns, waiting, layout);
    } else yield line(columns, row, layout);
  }
  if (layout !== null) return;
  layout = layOut(columns, measured);
  yield* head(columns, layout);
  for (const row of measured) yield line(columns, row, layout);
}

interface Layout {
  readonly widths: readonly number[];
  readonly right: readonly boolean[];
}

function layOut(columns: readonly string[], rows: readonly QueryRow[]): Layout {
  const widths = columns.map((name) =>
    rows.reduce((width, row) => Math.max(width, cellText(row[name] ?? null).length), printable(name).length),
  );
  const right = columns.map((name) => rows.some((row) => typeof row[name] === 'number'));
  return { widths, right };
}

function* head(columns: readonly string[], layout: Layout): Generator<string> {
  yield join(columns.map(printable), layout);
  yield join(
    layout.widths.map((width) => '-'.repeat(width)),
    layout,
  );
}

function line(columns: readonly string[], row: QueryRow, layout: Layout): string {
  return join(
    columns.map((name) => cellText(row[name] ?? null)),
    layout,
  );
}

function join(cells: readonly string[], { widths, right }: Layout): string {
  const padded = cells.map((cell, index) => {
    const width = widths[index] ?? 0;
    return right[index] === true ? cell.padStart(width) : cell.padEnd(width);
  });
  return `${padded.join(GAP).trimEnd()}\n`;
}

function cellText(cell: Cell): string {
  if (typeof cell === 'string') return printable(cell);
  return printable(JSON.stringify(cell));
}

function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
