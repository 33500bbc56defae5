import { evaluateScores } from './evaluate.js';
import { quantileOf } from './quantile.js';
import type { TrainingMetrics } from './training-record.js';

/** The scores that are there, ascending: what a threshold is taken from. */
export function sortedScores(scores: Float64Array): Float64Array {
  return scores.filter((score) => !Number.isNaN(score)).sort();
}

/**
 * What is recorded of a model's scores of its own training rows.
 *
 * @param sorted {@link sortedScores}
 * @param labels 1 for an anomaly, one a row; undefined where there are none
 */
export function measureScores(
  sorted: Float64Array,
  scores: Float64Array,
  labels: Uint8Array | undefined,
): TrainingMetrics {
  const measured = labels === undefined ? null : evaluateScores(scores, labels);
  return {
    scores: {
      mean: sorted.reduce((sum, score) => sum + score, 0) / sorted.length,
      p50: quantileOf(sorted, 0.5),
      p95: quantileOf(sorted, 0.95),
      p99: quantileOf(sorted, 0.99),
      max: quantileOf(sorted, 1),
    },
    labelled_training_rows:
      measured === null || Number.isNaN(measured.auc)
        ? null
        : { auc: measured.auc, average_precision: measured.average_precision },
  };
}
