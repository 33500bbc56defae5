import type { RealismReport, RealismRow } from './realism.js';

/** One target as columns of text: profile, target, published, band, measured, ok. */
export function cellsOf({ target, measured, ok }: RealismRow): string[] {
  const band = `${figure(target.low)} to ${figure(target.high)}`;
  return [target.profile, target.name, target.reference, band, figure(measured), ok ? 'ok' : 'MISSED'];
}

export const HEADINGS = ['profile', 'target', 'published', 'band', 'measured', ''] as const;

/** The report as lines for a terminal. */
export function reportLines(report: RealismReport): string[] {
  const rows = [HEADINGS, ...report.rows.map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const lines = rows.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [...lines, '', summaryOf(report)];
}

/** How many targets are met, of whom. */
export function summaryOf({ met, rows, patients, seed, model }: RealismReport): string {
  const who = `${patients} patients of each profile over 48 h, seed ${seed}, ${model} model`;
  return `${met} of ${rows.length} targets met: ${who}`;
}

/** Three decimals below 10, else two: as fine as the targets. */
function figure(value: number): string {
  return Number.isNaN(value) ? 'none' : String(Number(value.toFixed(Math.abs(value) < 10 ? 3 : 2)));
}
