import type { Chart } from '../transforms/clinical/thresholds.js';

/**
 * The points of a chart as a CASE expression: null where the column is. A value is first rounded half-up to the digits of
 * the chart, as in transforms/clinical/bands.ts; a column that is compared at whole numbers holds whole numbers.
 *
 * @param column a column at the scale of schema/vitals.ts, two digits at most
 */
export function pointsCase(column: string, { digits, bands }: Chart<number>): string {
  const value = digits === 0 ? column : roundedHalfUp(column, digits);
  const lines = bands.map(({ upTo, is }) =>
    upTo === Infinity
      ? `  WHEN ${column} IS NOT NULL THEN ${is}`
      : `  WHEN ${value} <= ${Math.round(upTo * 10 ** digits)} THEN ${is}`,
  );
  return ['CASE', ...lines, 'END'].join('\n');
}

/** The value in units of the last digit. The column has hundredths, which ROUND restores from the binary fraction. */
function roundedHalfUp(column: string, digits: 1 | 2): string {
  return digits === 2 ? `ROUND(${column} * 100)` : `FLOOR((ROUND(${column} * 100) + 5) / 10)`;
}

/** The lines of a text, all but the first one moved right, to stand inside a statement. */
export function indent(text: string, spaces: number): string {
  return text.replaceAll('\n', `\n${' '.repeat(spaces)}`);
}
