import type { TrainingData } from '../algorithm.js';
import { fitNeural } from '../neural/fit.js';
import type { LayerPlan } from '../neural/library-model.js';
import type { NeuralModel } from '../neural/neural-model.js';
import type { TrainingOptions } from '../training-options.js';

const DEFAULT_UPDATES = 300;
const BATCH_SIZE = 128;
const LEARNING_RATE = 0.005;

/** Width of the layers before and after the code. */
const HIDDEN = 16;

/** Trains an autoencoder on readings, each on its own; see Algorithm.fit. */
export async function fitAutoencoder(training: TrainingData, options: TrainingOptions): Promise<NeuralModel> {
  return fitNeural(training, options, {
    kind: 'autoencoder',
    window: null,
    plan: autoencoderPlan,
    learning: { updates: options.updates ?? DEFAULT_UPDATES, batchSize: BATCH_SIZE, learningRate: LEARNING_RATE },
  });
}

/** A narrow code between two wider layers: what does not fit through it is out of the ordinary. */
function autoencoderPlan(slots: number): LayerPlan[] {
  return [
    { kind: 'dense', activation: 'softsign', outputs: HIDDEN },
    { kind: 'dense', activation: 'softsign', outputs: Math.max(1, Math.round(slots / 3)) },
    { kind: 'dense', activation: 'softsign', outputs: HIDDEN },
    { kind: 'dense', activation: 'linear', outputs: slots },
  ];
}
