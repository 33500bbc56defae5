import type { FeatureName } from './features.js';
import type { PatientSeries } from './features/series.js';
import type { Matrix } from './matrix.js';
import type { ModelDocument } from './model-document.js';
import type { AnomalyModel, ModelKind } from './model.js';
import type { TrainingOptions } from './training-options.js';

/** Rows to train on: of a file's columns, or of the stream. */
export interface TrainingData {
  /** One row a reading, one column a feature; NaN is missing. */
  readonly data: Matrix;
  /** In the order of the columns. */
  readonly features: readonly FeatureName[];
  /** Whose each reading is and when it was taken; needed by algorithms that read windows only. */
  readonly series?: PatientSeries | null;
}

/**
 * What every algorithm offers. Scoring and explaining are the model's (model.ts): it scores blocks of rows, and a model
 * that came from a folder scores as the one that was trained.
 */
export interface Algorithm<M extends AnomalyModel = AnomalyModel> {
  readonly kind: ModelKind;
  /** Whether a row is a window of a patient's past: such a model cannot score readings one by one. */
  readonly readsWindows: boolean;
  /**
   * Trains a model. Deterministic: no clock, no randomness but the seed.
   * @throws ConfigurationError naming the option, the column or the package that is wrong
   */
  fit(data: TrainingData, options: TrainingOptions): Promise<M>;
  /** The bytes of weights.bin. */
  save(model: M): Uint8Array;
  /**
   * The model of a document and its weights.
   * @param subject what to call the weights in an error
   * @throws ConfigurationError for weights that are damaged, foreign, or do not fit the document
   */
  load(document: ModelDocument, weights: Uint8Array, subject: string): M;
}
