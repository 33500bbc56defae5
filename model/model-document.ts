import type { Calibration } from './calibration/calibration.js';
import type { FeatureScaling } from './features/scaling.js';
import type { WindowSpec } from './features/windows.js';
import type { NeuralKind } from './neural/neural-model.js';
import type { NeuralTrainingRecord, TrainingMetrics, TrainingRecord } from './training-record.js';

/** The newest format that this version reads. */
export const MODEL_FORMAT = 2;

/** Still written where it can say everything: forests whose features reach the trees as they are. */
export const FIRST_FORMAT = 1;

export const DOCUMENT_FILE = 'model.json';
export const WEIGHTS_FILE = 'weights.bin';

interface DocumentFeature<S> {
  readonly name: string;
  readonly unit: string | null;
  readonly median: number;
  /** How a value is scaled before the model sees it. */
  readonly scaling: S;
}

interface CommonDocument {
  readonly format: typeof FIRST_FORMAT | typeof MODEL_FORMAT;
  /** Version of the algorithm. */
  readonly version: number;
  readonly id: string;
  readonly threshold: number;
  /** Absent where the model was not calibrated. */
  readonly calibration?: Calibration;
  readonly metrics: TrainingMetrics;
  readonly created_with: { readonly package: 'vitals-lakehouse'; readonly version: string };
  readonly weights: { readonly file: typeof WEIGHTS_FILE; readonly bytes: number; readonly sha256: string };
  /** Hex SHA-256 of this document without this key, as compact JSON: a change of any value is noticed. */
  readonly document_sha256: string;
}

interface ForestDocument extends CommonDocument {
  readonly kind: 'forest';
  readonly features: readonly DocumentFeature<'none' | FeatureScaling>[];
  /** Absent in format 1. */
  readonly window?: null;
  readonly training: TrainingRecord;
}

interface NeuralDocument extends CommonDocument {
  readonly kind: NeuralKind;
  readonly features: readonly DocumentFeature<FeatureScaling>[];
  readonly window: WindowSpec | null;
  readonly training: NeuralTrainingRecord;
}

/** model.json, key by key (docs/model-format.md). */
export type ModelDocument = ForestDocument | NeuralDocument;
