/** How a model came about, as far as it can be told without a clock, a path or a row. */
export interface TrainingRecord {
  /** What the rows were, e.g. the file's name. */
  readonly source: string;
  /** Hex SHA-256 of the training data: of the file, else of the values (little-endian float64, row-major). */
  readonly sha256: string;
  readonly rows: number;
  /** Rows with at least half of their features: only these were trained on. */
  readonly usable_rows: number;
  readonly seed: number;
  readonly trees: number;
  /** Rows a tree: fewer than asked for where there were fewer usable rows. */
  readonly sample_size: number;
  /** The share of the usable rows that scores below the threshold. */
  readonly threshold_quantile: number;
}

/** What was measured when the model was trained. */
export interface TrainingMetrics {
  /** Scores of the usable training rows. */
  readonly scores: {
    readonly mean: number;
    readonly p50: number;
    readonly p95: number;
    readonly p99: number;
    readonly max: number;
  };
  /** Against the label, on the very rows that were trained on (without it); null without one. */
  readonly labelled_training_rows: { readonly auc: number; readonly average_precision: number } | null;
}
