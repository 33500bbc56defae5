import type { Matrix } from '../matrix.js';

/**
 * How a feature reaches the algorithm.
 *
 * - `identity`: as it is, the median where it is missing.
 * - `standard`: (value - mean) / deviation, held within 10 deviations; 0 where it is missing.
 * - `cycle`: sine and cosine of its place in the period, both 0 where it is missing.
 *
 * With `indicator` one more number says whether the value is missing (1) or not (0).
 */
export type FeatureScaling =
  | { readonly kind: 'identity'; readonly indicator: boolean }
  | { readonly kind: 'standard'; readonly mean: number; readonly deviation: number; readonly indicator: boolean }
  | { readonly kind: 'cycle'; readonly period: number; readonly indicator: boolean };

/**
 * Further out is all the same to a network: a value beyond ten deviations is wrong or an emergency either way, and
 * squares of larger ones would drown every other feature while training.
 */
export const SCALED_LIMIT = 10;

/** Features that go round, with their period in their own unit. */
const CYCLES: Readonly<Record<string, number>> = { time_of_day: 24 };

/**
 * Scalings for a network, from the rows that are trained on: standard, or a cycle where the feature is one. A feature
 * gets an indicator where it is missing in some of the rows: one that never was would stay untrained.
 */
export function networkScalings(data: Matrix, rows: Uint32Array, names: readonly string[]): FeatureScaling[] {
  return names.map((name, column) => {
    const { mean, deviation, missing } = momentsOf(data, rows, column);
    const indicator = missing > 0 && missing < rows.length;
    if (Object.hasOwn(CYCLES, name)) return { kind: 'cycle', period: CYCLES[name]!, indicator };
    // A column that never varied: its own unit is as good as any.
    return { kind: 'standard', mean, deviation: deviation > 0 ? deviation : 1, indicator };
  });
}

/** Scalings for trees, which need none: missing values are told apart where there are any. */
export function treeScalings(data: Matrix, rows: Uint32Array): FeatureScaling[] {
  return Array.from({ length: data.width }, (_, column) => {
    const { missing } = momentsOf(data, rows, column);
    return { kind: 'identity', indicator: missing > 0 && missing < rows.length };
  });
}

interface Moments {
  readonly mean: number;
  /** Population standard deviation. */
  readonly deviation: number;
  readonly missing: number;
}

/** Two passes, the second about the mean: large values with small spread keep their digits. */
function momentsOf(data: Matrix, rows: Uint32Array, column: number): Moments {
  const { mean, present } = meanOf(data, rows, column, (value) => value);
  const variance = meanOf(data, rows, column, (value) => (value - mean) ** 2).mean;
  const deviation = Math.sqrt(variance);
  return { mean, deviation: Number.isFinite(deviation) ? deviation : 0, missing: rows.length - present };
}

/** A running mean: the sum of values near 1e308 would be infinite. */
function meanOf(
  data: Matrix,
  rows: Uint32Array,
  column: number,
  of: (value: number) => number,
): { readonly mean: number; readonly present: number } {
  let present = 0;
  let mean = 0;
  for (const row of rows) {
    const value = data.cell(row, column);
    if (value === value) mean += (of(value) - mean) / ++present;
  }
  return { mean, present };
}
