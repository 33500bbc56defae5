import { ConfigurationError } from '../schema/errors.js';
import type { TrainingReference } from './drift/reference.js';
import type { FeatureName } from './features.js';
import type { WindowSpec } from './features/windows.js';
import {
  DEFAULT_SAMPLE_SIZE,
  DEFAULT_TREES,
  FEATURES_LIMITS,
  SAMPLE_SIZE_LIMITS,
  TREES_LIMITS,
} from './forest/limits.js';
import { DEFAULT_THRESHOLD_QUANTILE } from './threshold.js';

/** How to train a model; what an algorithm has no use for it does not look at. */
export interface TrainingOptions {
  /** A whole number from 0; same data, options and seed give the same bytes. */
  readonly seed: number;
  /** What the rows are, for the record: a file's name without its folder, or e.g. `simulated readings`. */
  readonly source: string;
  /** Version of this package. */
  readonly codeVersion: string;
  readonly trees?: number | undefined;
  /** Rows a tree. */
  readonly sampleSize?: number | undefined;
  /** Of a network: batches to learn from. */
  readonly updates?: number | undefined;
  /** Of an algorithm that reads windows. */
  readonly window?: WindowSpec | undefined;
  /** Of a forest: tell missing values apart from medians. Networks always do. */
  readonly missingIndicators?: boolean | undefined;
  /** In (0, 1): see thresholdAt. */
  readonly thresholdQuantile?: number | undefined;
  /** Hex SHA-256 of the file that the rows come from; left out, the values are hashed. */
  readonly dataSha256?: string | undefined;
  /** 1 for an anomaly, one a row: never trained on, only measured against. */
  readonly labels?: Uint8Array | undefined;
  /** What the rows look like (drift/reference.ts): kept with the model, so that drift can be measured. */
  readonly reference?: TrainingReference | undefined;
}

/** A million batches take hours. */
const UPDATES_LIMITS = { least: 1, most: 1_000_000 } as const;

export interface ResolvedOptions {
  readonly seed: number;
  readonly trees: number;
  readonly sampleSize: number;
  readonly thresholdQuantile: number;
}

/**
 * Fills in defaults and checks every option.
 * @throws ConfigurationError naming the flag
 */
export function resolveTrainingOptions(options: TrainingOptions): ResolvedOptions {
  const { seed, trees = DEFAULT_TREES, sampleSize = DEFAULT_SAMPLE_SIZE } = options;
  const { thresholdQuantile = DEFAULT_THRESHOLD_QUANTILE } = options;
  if (options.updates !== undefined) checkWhole('--updates', options.updates, UPDATES_LIMITS);
  checkWhole('--seed', seed, { least: 0, most: Number.MAX_SAFE_INTEGER });
  checkWhole('--trees', trees, TREES_LIMITS);
  checkWhole('--sample-size', sampleSize, SAMPLE_SIZE_LIMITS);
  if (!(thresholdQuantile > 0 && thresholdQuantile < 1)) {
    throw new ConfigurationError(
      '--threshold-quantile',
      `${thresholdQuantile} is not between 0 and 1`,
      'Give the share of training rows to score below the threshold, such as 0.995.',
    );
  }
  return { seed, trees, sampleSize, thresholdQuantile };
}

/** @throws ConfigurationError for no features, too many, or two of one name */
export function checkFeatures(features: readonly FeatureName[]): void {
  const names = features.map((feature) => feature.name);
  if (names.length < FEATURES_LIMITS.least) {
    throw new ConfigurationError('--features', 'there is no feature to train on', 'Name at least one numeric column.');
  }
  if (names.length > FEATURES_LIMITS.most) {
    throw new ConfigurationError('--features', `${names.length} are too many`, `Name ${FEATURES_LIMITS.most} at most.`);
  }
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new ConfigurationError('--features', `'${twice}' appears twice`, 'Name each one once.');
}

function checkWhole(flag: string, value: number, limits: { readonly least: number; readonly most: number }): void {
  if (Number.isInteger(value) && value >= limits.least && value <= limits.most) return;
  const range = `from ${limits.least} to ${limits.most}`;
  throw new ConfigurationError(flag, `${value} is not a whole number ${range}`, `Give a whole number ${range}.`);
}
