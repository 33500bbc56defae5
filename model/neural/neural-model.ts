import { createHash } from 'node:crypto';
import { calibratedParts, calibrationIdentity, type Calibration } from '../calibration/calibration.js';
import { createEncoder, isScorable, VALUE_SLOT, type Encoder } from '../features/encoder.js';
import type { WindowSpec } from '../features/windows.js';
import type { AnomalyModel, Explanation, ModelFeature, ModelKind } from '../model.js';
import type { NeuralTrainingRecord, TrainingMetrics } from '../training-record.js';
import { errorScore, explainErrors, sumOf } from './error-score.js';
import type { NetworkWeights } from './layers.js';
import { compileNetwork } from './network.js';
import { encodeNetwork } from './weights.js';

/** Version of both algorithms: raised when the same data and seed would give other scores. */
export const NEURAL_VERSION = 1;

export type NeuralKind = Exclude<ModelKind, 'forest'>;

/** What a neural model is made of: all that its folder holds. */
export interface NeuralParts {
  readonly kind: NeuralKind;
  /** {@link NEURAL_VERSION} of the code that trained it. */
  readonly version: number;
  readonly features: readonly ModelFeature[];
  /** Null where a row is one reading. */
  readonly window: WindowSpec | null;
  readonly network: NetworkWeights;
  readonly threshold: number;
  readonly calibration?: Calibration;
  readonly training: NeuralTrainingRecord;
  readonly metrics: TrainingMetrics;
  /** Version of the package that trained it. */
  readonly codeVersion: string;
}

export interface NeuralModel extends AnomalyModel, NeuralParts {
  readonly kind: NeuralKind;
  readonly window: WindowSpec | null;
}

/** A trained network, ready to score and to explain. */
export function createNeuralModel(parts: NeuralParts): NeuralModel {
  const { features, network } = parts;
  const judge = errorJudge(createEncoder(features), network);
  const typical = sumOf(network.typical);
  const explain = (row: Float64Array): Explanation => {
    const errors = new Float64Array(network.features);
    return explainErrors(errorScore(judge(row, 0, errors), typical), errors, network.typical);
  };
  const calibrated = calibratedParts(parts.calibration);
  return { ...parts, id: identify(parts), ...calibrated, score: networkScorer(features, network), explain };
}

/** Scores rows by a network's error; see AnomalyModel.score. */
export function networkScorer(features: readonly ModelFeature[], network: NetworkWeights): AnomalyModel['score'] {
  const judge = errorJudge(createEncoder(features), network);
  const width = network.features * network.steps;
  const typical = sumOf(network.typical);
  return (rows, count) => {
    if (rows.length < count * width) throw new RangeError(`score: ${count} rows need ${count * width} values`);
    const scores = new Float64Array(count);
    for (let row = 0; row < count; row++) scores[row] = errorScore(judge(rows, row * width, null), typical);
    return scores;
  };
}

/**
 * Sums the squared errors of the row that starts at `from`, NaN where it cannot be scored; adds each feature's to
 * `errors`, if any. A value that is missing has no error; that it is missing may have one.
 */
export type ErrorJudge = (rows: Float64Array, from: number, errors: Float64Array | null) => number;

/** The judge of a network. */
export function errorJudge(encoder: Encoder, network: Omit<NetworkWeights, 'typical'>): ErrorJudge {
  const { width, slots, featureOf, kindOf } = encoder;
  const { steps } = network;
  const predict = compileNetwork({ ...network, typical: new Float64Array() });
  const encoded = new Float64Array(steps * slots);
  const target = (steps - 1) * slots;
  const last = (steps - 1) * width;
  return (rows, from, errors) => {
    let scorable = steps === 1;
    let missing = 0;
    for (let step = 0; step < steps; step++) {
      missing = encoder.encode(rows, from + step * width, encoded, step * slots);
      if (step < steps - 1 && isScorable(missing, width)) scorable = true;
    }
    if (!scorable || !isScorable(missing, width)) return NaN;
    const expected = predict(encoded);
    let sum = 0;
    for (let slot = 0; slot < slots; slot++) {
      const feature = featureOf[slot]!;
      const value = rows[from + last + feature]!;
      if (value !== value && kindOf[slot] === VALUE_SLOT) continue;
      const difference = encoded[target + slot]! - expected[slot]!;
      const error = difference * difference;
      sum += error;
      if (errors !== null) errors[feature] = errors[feature]! + error;
    }
    return sum;
  };
}

/** Models that score and alert alike have the same id: it is made of weights, features, window and thresholds. */
function identify({ kind, network, features, window, threshold, calibration }: NeuralParts): string {
  const inputs = features.map(({ name, unit, median, scaling }) => [name, unit, median, scaling]);
  const hash = createHash('sha256')
    .update(encodeNetwork(network))
    .update(JSON.stringify([inputs, window, threshold, ...calibrationIdentity(calibration)]));
  return `${kind}-${hash.digest('hex').slice(0, 12)}`;
}
