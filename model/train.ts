import { evaluateScores } from './evaluate.js';
import type { FeatureName } from './features.js';
import { createForestModel, FOREST_VERSION, type ForestModel } from './forest-model.js';
import { compileForest } from './forest/compile.js';
import { growTree } from './forest/grow.js';
import { depthLimitOf } from './forest/limits.js';
import { sampleIndices, uniformSource } from './forest/random.js';
import { forestScorer, type ForestScorer } from './forest/score.js';
import { flattenTrees, type Trees } from './forest/trees.js';
import { copyRows, rowMajor, type Matrix } from './matrix.js';
import { quantileOf } from './quantile.js';
import { thresholdAt } from './threshold.js';
import {
  checkFeatures,
  resolveTrainingOptions,
  type ResolvedOptions,
  type TrainingOptions,
} from './training-options.js';
import type { TrainingMetrics } from './training-record.js';
import { columnMedians, hashRows, usableRows } from './training-rows.js';

/** Rows that are scored at once while training: what is copied out of the matrix at a time. */
const SCORING_ROWS = 4_096;

/**
 * Trains an isolation forest on rows of the stream: `count` rows, row-major, NaN is missing.
 *
 * @param features names and units, in the order of the values
 * @throws ConfigurationError naming the option or the column that is wrong
 */
export function trainForest(
  rows: Float64Array,
  count: number,
  features: readonly FeatureName[],
  options: TrainingOptions,
): ForestModel {
  return trainForestOn(rowMajor(rows, count, features.length), features, options);
}

/**
 * Trains an isolation forest on a matrix of any shape.
 *
 * Each of the trees is grown on its own seeded subsample without replacement (all usable rows, where they are fewer). A
 * missing value is its column's median, as it will be when scoring. Deterministic: no clock, no randomness but the seed.
 */
export function trainForestOn(data: Matrix, features: readonly FeatureName[], options: TrainingOptions): ForestModel {
  const resolved = resolveTrainingOptions(options);
  checkFeatures(features);
  const medians = columnMedians(data, features);
  const usable = usableRows(data);
  const trees = growForest(data, usable, medians, resolved);
  const scores = scoreAll(data, forestScorer(compileForest(trees), medians));
  const sorted = scores.filter((score) => !Number.isNaN(score)).sort();
  return createForestModel({
    version: FOREST_VERSION,
    features: features.map(({ name, unit }, i) => ({ name, unit, median: medians[i]! })),
    trees,
    threshold: thresholdAt(sorted, resolved.thresholdQuantile),
    training: {
      source: options.source,
      sha256: options.dataSha256 ?? hashRows(data),
      rows: data.count,
      usable_rows: usable.length,
      seed: resolved.seed,
      trees: resolved.trees,
      sample_size: trees.sampleSize,
      threshold_quantile: resolved.thresholdQuantile,
    },
    metrics: measure(sorted, scores, options.labels),
    codeVersion: options.codeVersion,
  });
}

function growForest(data: Matrix, usable: Uint32Array, medians: Float64Array, options: ResolvedOptions): Trees {
  const sampleSize = Math.min(options.sampleSize, usable.length);
  const depthLimit = depthLimitOf(sampleSize);
  const filled = (row: number): number[] =>
    Array.from(medians, (median, column) => {
      const value = data.cell(row, column);
      return Number.isNaN(value) ? median : value;
    });
  const grown = Array.from({ length: options.trees }, (_, tree) => {
    const random = uniformSource('isolation forest', options.seed, tree);
    const sample = sampleIndices(usable.length, sampleSize, random).map((index) => filled(usable[index]!));
    return growTree(sample, depthLimit, random);
  });
  return flattenTrees(grown, { features: data.width, sampleSize, depthLimit });
}

function scoreAll(data: Matrix, score: ForestScorer): Float64Array {
  const scores = new Float64Array(data.count);
  const rows = new Float64Array(SCORING_ROWS * data.width);
  for (let from = 0; from < data.count; from += SCORING_ROWS) {
    const count = Math.min(SCORING_ROWS, data.count - from);
    copyRows(data, from, count, rows);
    scores.set(score(rows, count), from);
  }
  return scores;
}

function measure(sorted: Float64Array, scores: Float64Array, labels: Uint8Array | undefined): TrainingMetrics {
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
