import { createHash } from 'node:crypto';
import { compileForest } from './forest/compile.js';
import { forestExplainer } from './forest/explain.js';
import { forestScorer } from './forest/score.js';
import type { Trees } from './forest/trees.js';
import { encodeWeights } from './forest/weights.js';
import type { AnomalyModel, ModelFeature } from './model.js';
import type { TrainingMetrics, TrainingRecord } from './training-record.js';

/**
 * Version of the algorithm: raised when the same data and seed would give other scores, so that a folder says which
 * code could make it again.
 */
export const FOREST_VERSION = 1;

/** What a forest model is made of: all that its folder holds. */
export interface ForestParts {
  /** {@link FOREST_VERSION} of the code that trained it. */
  readonly version: number;
  readonly features: readonly ModelFeature[];
  readonly trees: Trees;
  readonly threshold: number;
  readonly training: TrainingRecord;
  readonly metrics: TrainingMetrics;
  /** Version of the package that trained it. */
  readonly codeVersion: string;
}

export interface ForestModel extends AnomalyModel, ForestParts {
  readonly kind: 'forest';
}

/** An isolation forest, ready to score and to explain. */
export function createForestModel(parts: ForestParts): ForestModel {
  const compiled = compileForest(parts.trees);
  const medians = Float64Array.from(parts.features, (feature) => feature.median);
  return {
    ...parts,
    id: identify(parts),
    kind: 'forest',
    score: forestScorer(compiled, medians),
    explain: forestExplainer(compiled, medians),
  };
}

/** Models that score and alert alike have the same id: it is made of trees, features and threshold, and nothing else. */
function identify({ features, trees, threshold }: ForestParts): string {
  const inputs = features.map(({ name, unit, median }) => [name, unit, median]);
  const hash = createHash('sha256')
    .update(encodeWeights(trees))
    .update(JSON.stringify([inputs, threshold]));
  return `forest-${hash.digest('hex').slice(0, 12)}`;
}
