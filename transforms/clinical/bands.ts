import type { Chart } from './thresholds.js';

/** Pushes a value that binary fractions left just below a half (35.05 x 10 = 350.49999999999994) up to it. */
const HALF_UP = 1e-9;

/**
 * A chart of thresholds.ts, compiled: one table entry for each value that the chart can tell apart, so that a lookup is
 * one rounding and one load. Values above the last finite threshold share the last entry.
 */
export class BandLookup<T> {
  private readonly perUnit: number;
  private readonly table: readonly T[];
  private readonly last: number;

  constructor(chart: Chart<T>) {
    const perUnit = 10 ** chart.digits;
    const table: T[] = [];
    for (const band of chart.bands) {
      if (band.upTo === Infinity) table.push(band.is);
      else while (table.length <= Math.round(band.upTo * perUnit)) table.push(band.is);
    }
    this.perUnit = perUnit;
    this.table = table;
    this.last = table.length - 1;
  }

  /** The band that the value lies in, after rounding half-up to the chart's digits. */
  at(value: number): T {
    const index = Math.round(value * this.perUnit + HALF_UP);
    return this.table[index < 0 ? 0 : index > this.last ? this.last : index] as T;
  }
}
