import type { TrainingReference } from './drift/reference.js';
import type { HeldOutMetrics, SplitRecord } from './training-split.js';

/** How a model came about, as far as it can be told without a clock, a path or a row. */
interface CommonRecord {
  /** What the rows were, e.g. the file's name. */
  readonly source: string;
  /** Hex SHA-256 of the training data: of the file, else of the values (little-endian float64, row-major). */
  readonly sha256: string;
  readonly rows: number;
  /** Rows with at least half of their features: only these were trained on. */
  readonly usable_rows: number;
  readonly seed: number;
  /** What the rows looked like, which drift is measured against; absent in models of format 1. */
  readonly reference?: TrainingReference;
  /** What made the rows, where they are not a hospital's: a test on rows of the same generator proves little. */
  readonly generator?: 'simulator';
  /** Absent where nothing was kept out. */
  readonly split?: SplitRecord;
  /** Hex SHA-256 of data and options, of a model that vitals model retrain made. */
  readonly recipe?: string;
}

/** {@link CommonRecord} of a forest. */
export interface TrainingRecord extends CommonRecord {
  readonly trees: number;
  /** Rows a tree: fewer than asked for where there were fewer usable rows. */
  readonly sample_size: number;
  /** The share of the usable rows that scores below the threshold. */
  readonly threshold_quantile: number;
}

/** {@link CommonRecord} of a network. */
export interface NeuralTrainingRecord extends CommonRecord {
  /** Rows that the weights were learned from: all usable ones, or a seeded sample of them. */
  readonly learned_rows: number;
  /** Batches that were learned from, and rows in each. */
  readonly updates: number;
  readonly batch_size: number;
  readonly learning_rate: number;
  /** Mean squared error of the last tenth of the batches, in scaled units. */
  readonly loss: number;
  /** The library that learned the weights, with its version. */
  readonly trainer: string;
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
  /** Of the rows that were kept out of training; absent where there are none. */
  readonly held_out?: HeldOutMetrics;
}
