import { quantileOf } from './quantile.js';

/** One training row in two hundred is called an anomaly, unless `--threshold-quantile` says otherwise. */
export const DEFAULT_THRESHOLD_QUANTILE = 0.995;

/**
 * The score from which on a row is an anomaly: just above the quantile of the training rows' scores, so that at most
 * `1 - quantile` of them reach it, whatever the ties; rows that are all alike have no anomaly among them.
 *
 * @param sorted scores of the training rows, ascending, none NaN
 * @param quantile in (0, 1)
 */
export function thresholdAt(sorted: Float64Array, quantile: number): number {
  return quantileOf(sorted, quantile) * (1 + Number.EPSILON);
}
