import type { FileSummaries } from './decode-files.js';
import type { DecodeSummary } from './summary.js';

const HEADING = ['file', 'messages', 'readings', 'rejected', 'fields rejected'];

/** What became of each file: a table for people, the last line the total; or one JSON object a file. */
export function summaryLines({ files, total }: FileSummaries, json: boolean): readonly string[] {
  if (json) return files.map(({ file, summary }) => JSON.stringify({ file, ...summary }));
  const rows = [HEADING, ...files.map(({ file, summary }) => cellsOf(file, summary)), cellsOf('total', total)];
  const widths = HEADING.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function cellsOf(file: string, summary: DecodeSummary): string[] {
  const { messages, readings, rejected, field_rejects, rejected_by_reason, field_rejects_by_reason } = summary;
  return [
    file,
    String(messages),
    String(readings),
    counted(rejected, rejected_by_reason),
    counted(field_rejects, field_rejects_by_reason),
  ];
}

function counted(count: number, reasons: Readonly<Record<string, number>>): string {
  const listed = Object.entries(reasons).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return listed.length === 0 ? String(count) : `${count}: ${listed.map(([reason, n]) => `${reason} ${n}`).join(', ')}`;
}
