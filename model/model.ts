/** What a scorer of any algorithm offers (INTERFACES.md, "Model files"). */

export interface ModelFeature {
  readonly name: string;
  /** UCUM unit, null where the training data named none. */
  readonly unit: string | null;
  /** Stands in for a missing value: the median of the training rows. */
  readonly median: number;
}

/** A trained model, ready to score. Pure: same input, same output, on every platform. */
export interface AnomalyModel {
  /** Identity: algorithm and content hash, e.g. `forest-3f2a91c07b5e`. */
  readonly id: string;
  readonly kind: 'forest';
  readonly features: readonly ModelFeature[];
  /** A score at or above it is an anomaly. */
  readonly threshold: number;
  /**
   * Scores `count` rows of `features.length` values each, row-major; NaN is missing.
   * @returns scores in (0, 1), higher is more anomalous; NaN for a row in which fewer than half of the features are present
   */
  score(rows: Float64Array, count: number): Float64Array;
  /**
   * Additive contributions of one row: they sum to `score - baseline` within 1e-9.
   * @returns one value a feature, in the order of `features`
   */
  explain(row: Float64Array): {
    readonly score: number;
    readonly baseline: number;
    readonly contributions: Float64Array;
  };
}
