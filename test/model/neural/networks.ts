import { uniformSource } from '../../../model/forest/random.js';
import type { Layer, NetworkWeights } from '../../../model/neural/layers.js';
import { createNeuralModel, type NeuralModel } from '../../../model/neural/neural-model.js';

const random = uniformSource('networks');
const weights = (length: number): Float32Array => Float32Array.from({ length }, () => 2 * random() - 1);

/** A network of random weights, over so many features without indicators. */
export function aNetwork(features: number, steps: number): NetworkWeights {
  const slots = features;
  const hidden = 5;
  const first: Layer =
    steps > 1
      ? {
          kind: 'lstm',
          inputs: slots,
          outputs: hidden,
          kernel: weights(4 * slots * hidden),
          recurrent: weights(4 * hidden * hidden),
          bias: weights(4 * hidden),
        }
      : {
          kind: 'dense',
          activation: 'softsign',
          inputs: slots,
          outputs: hidden,
          kernel: weights(slots * hidden),
          bias: weights(hidden),
        };
  const last: Layer = {
    kind: 'dense',
    activation: 'linear',
    inputs: hidden,
    outputs: slots,
    kernel: weights(hidden * slots),
    bias: weights(slots),
  };
  const typical = Float64Array.from({ length: features }, () => 0.01 + random());
  return { features, slots, steps, layers: [first, last], typical };
}

const RECORD = {
  ...{ source: 'test', sha256: '0'.repeat(64), rows: 9, usable_rows: 9, seed: 1, learned_rows: 9, updates: 3 },
  ...{ batch_size: 9, learning_rate: 0.01, loss: 1, trainer: 'none', threshold_quantile: 0.995 },
};

/** A model of {@link aNetwork}, of features f0, f1 and so on, or of these names, with mean 100 and deviation 10. */
export function aNeuralModel(features: number, steps: number, names?: readonly string[]): NeuralModel {
  return createNeuralModel({
    kind: steps > 1 ? 'lstm' : 'autoencoder',
    version: 1,
    features: Array.from({ length: features }, (_, i) => ({
      name: names?.[i] ?? `f${i}`,
      unit: null,
      median: 100,
      scaling: { kind: 'standard', mean: 100, deviation: 10, indicator: false },
    })),
    window: steps > 1 ? { steps, step_seconds: 60 } : null,
    network: aNetwork(features, steps),
    threshold: 0.8,
    training: RECORD,
    metrics: { scores: { mean: 0.5, p50: 0.5, p95: 0.7, p99: 0.8, max: 0.9 }, labelled_training_rows: null },
    codeVersion: '0',
  });
}
