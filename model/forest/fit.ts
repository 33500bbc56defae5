import type { FeatureName } from '../features.js';
import { treeScalings } from '../features/scaling.js';
import { matrixRows, rowMajor, type Matrix } from '../matrix.js';
import type { ModelFeature } from '../model.js';
import { scoreRows } from '../score-rows.js';
import { thresholdAt } from '../threshold.js';
import { measureScores, sortedScores } from '../training-metrics.js';
import {
  checkFeatures,
  resolveTrainingOptions,
  type ResolvedOptions,
  type TrainingOptions,
} from '../training-options.js';
import { columnMedians, hashRows, usableRows } from '../training-rows.js';
import { compileForest } from './compile.js';
import { rowFiller } from './fill.js';
import { growTree } from './grow.js';
import { depthLimitOf } from './limits.js';
import { createForestModel, FOREST_VERSION, type ForestModel } from './model.js';
import { sampleIndices, uniformSource } from './random.js';
import { forestScorer } from './score.js';
import { flattenTrees, type Trees } from './trees.js';

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
  const scalings = options.missingIndicators === true ? treeScalings(data, usable) : null;
  const described = features.map(({ name, unit }, i) => {
    const feature = { name, unit, median: medians[i]! };
    return scalings === null ? feature : { ...feature, scaling: scalings[i]! };
  });
  const trees = growForest(data, usable, described, resolved);
  const scores = scoreRows(matrixRows(data), forestScorer(compileForest(trees), rowFiller(described)));
  const sorted = sortedScores(scores);
  return createForestModel({
    version: FOREST_VERSION,
    features: described,
    trees,
    threshold: thresholdAt(sorted, resolved.thresholdQuantile),
    training: {
      source: options.source,
      sha256: options.dataSha256 ?? hashRows(data),
      rows: data.count,
      usable_rows: usable.length,
      seed: resolved.seed,
      ...(options.reference === undefined ? {} : { reference: options.reference }),
      trees: resolved.trees,
      sample_size: trees.sampleSize,
      threshold_quantile: resolved.thresholdQuantile,
    },
    metrics: measureScores(sorted, scores, options.labels),
    codeVersion: options.codeVersion,
  });
}

function growForest(
  data: Matrix,
  usable: Uint32Array,
  features: readonly ModelFeature[],
  options: ResolvedOptions,
): Trees {
  const sampleSize = Math.min(options.sampleSize, usable.length);
  const depthLimit = depthLimitOf(sampleSize);
  const { width, slots, fill } = rowFiller(features);
  const source = matrixRows(data);
  const row = new Float64Array(width);
  const filled = (index: number): number[] => {
    const out = new Float64Array(slots);
    source.fill(index, row, 0);
    fill(row, 0, out, 0);
    return [...out];
  };
  const grown = Array.from({ length: options.trees }, (_, tree) => {
    const random = uniformSource('isolation forest', options.seed, tree);
    const sample = sampleIndices(usable.length, sampleSize, random).map((index) => filled(usable[index]!));
    return growTree(sample, depthLimit, random);
  });
  return flattenTrees(grown, { features: slots, sampleSize, depthLimit });
}
