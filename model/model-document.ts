import type { TrainingMetrics, TrainingRecord } from './training-record.js';

/** The format that this version writes, and the newest that it reads. */
export const MODEL_FORMAT = 1;

export const DOCUMENT_FILE = 'model.json';
export const WEIGHTS_FILE = 'weights.bin';

/** model.json, key by key, in the order in which it is written (docs/model-format.md). */
export interface ModelDocument {
  readonly format: typeof MODEL_FORMAT;
  readonly kind: 'forest';
  /** Version of the algorithm. */
  readonly version: number;
  readonly id: string;
  readonly features: readonly {
    readonly name: string;
    readonly unit: string | null;
    readonly median: number;
    /** How a value is scaled before the model sees it: trees need none. */
    readonly scaling: 'none';
  }[];
  readonly threshold: number;
  readonly training: TrainingRecord;
  readonly metrics: TrainingMetrics;
  readonly created_with: { readonly package: 'vitals-lakehouse'; readonly version: string };
  readonly weights: { readonly file: typeof WEIGHTS_FILE; readonly bytes: number; readonly sha256: string };
  /** Hex SHA-256 of this document without this key, as compact JSON: a change of any value is noticed. */
  readonly document_sha256: string;
}
