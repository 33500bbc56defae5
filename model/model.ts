import type { Calibration } from './calibration/calibration.js';
import type { FeatureScaling } from './features/scaling.js';
import type { WindowSpec } from './features/windows.js';

/** The algorithms of this version (model/algorithms.ts). */
export type ModelKind = 'forest' | 'autoencoder' | 'lstm';

/** What a scorer of any algorithm reads of a feature (INTERFACES.md, "Model files"). */
export interface ModelFeature {
  readonly name: string;
  /** UCUM unit, null where the training data named none. */
  readonly unit: string | null;
  /** The median of the training rows: stands in for a missing value where the algorithm needs one. */
  readonly median: number;
  /** How the value reaches the algorithm; left out, as it is, the median where it is missing. */
  readonly scaling?: FeatureScaling;
}

/** A score taken apart: `baseline` plus the sum of `contributions` is `score`, within 1e-9. */
export interface Explanation {
  readonly score: number;
  /** The score of a row that is as ordinary as the training rows were: the same for every row of a model. */
  readonly baseline: number;
  /** One a feature; positive where the feature makes the row more anomalous. */
  readonly contributions: Float64Array;
}

/** A trained model, ready to score. Pure: same input, same output, on every platform. */
export interface AnomalyModel {
  /** Identity: algorithm and content hash, e.g. `forest-3f2a91c07b5e`. */
  readonly id: string;
  readonly kind: ModelKind;
  readonly features: readonly ModelFeature[];
  /** A score at or above it is an anomaly; of a calibrated model, where the ward has no threshold of its own. */
  readonly threshold: number;
  /** Thresholds for a chosen rate of false alarms; left out where nobody calibrated the model. */
  readonly calibration?: Calibration;
  /** The threshold of a ward, of a calibrated model: ask thresholdFor (calibration/calibration.ts). */
  readonly thresholdOf?: (ward: string | null) => number;
  /** The history that a row holds; left out or null, a row is one reading. */
  readonly window?: WindowSpec | null;
  /**
   * Scores `count` rows of {@link rowWidth} values each, row-major; NaN is missing.
   * @returns scores in (0, 1), higher is more anomalous; NaN for a row in which fewer than half of the features are
   * present (of a window: in its last step, or in all of the others)
   */
  score(rows: Float64Array, count: number): Float64Array;
  /** Additive contributions of one row, in the order of `features`; of a window, over all of its steps. */
  explain(row: Float64Array): Explanation;
}

/** Values of one row: the features, oldest step first where a row is a window. */
export function rowWidth(model: Pick<AnomalyModel, 'features' | 'window'>): number {
  return model.features.length * (model.window?.steps ?? 1);
}
