import { createHash } from 'node:crypto';
import { calibratedParts, calibrationIdentity, type Calibration } from '../calibration/calibration.js';
import type { AnomalyModel, ModelFeature } from '../model.js';
import type { TrainingMetrics, TrainingRecord } from '../training-record.js';
import { compileForest } from './compile.js';
import { forestExplainer } from './explain.js';
import { rowFiller } from './fill.js';
import { forestScorer } from './score.js';
import type { Trees } from './trees.js';
import { encodeWeights } from './weights.js';

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
  readonly calibration?: Calibration;
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
  const filler = rowFiller(parts.features);
  return {
    ...parts,
    id: identify(parts),
    kind: 'forest',
    ...calibratedParts(parts.calibration),
    score: forestScorer(compiled, filler),
    explain: forestExplainer(compiled, filler),
  };
}

/** Models that score and alert alike have the same id: it is made of trees, features and thresholds, and nothing else. */
function identify({ features, trees, threshold, calibration }: ForestParts): string {
  const inputs = features.map(({ name, unit, median, scaling }) =>
    scaling === undefined ? [name, unit, median] : [name, unit, median, scaling],
  );
  const hash = createHash('sha256')
    .update(encodeWeights(trees))
    .update(JSON.stringify([inputs, threshold, ...calibrationIdentity(calibration)]));
  return `forest-${hash.digest('hex').slice(0, 12)}`;
}
