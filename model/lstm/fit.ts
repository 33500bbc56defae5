import type { TrainingData } from '../algorithm.js';
import { checkWindow, DEFAULT_WINDOW } from '../features/windows.js';
import { fitNeural } from '../neural/fit.js';
import type { NeuralModel } from '../neural/neural-model.js';
import type { TrainingOptions } from '../training-options.js';

const DEFAULT_UPDATES = 300;
const BATCH_SIZE = 128;
const LEARNING_RATE = 0.005;
const UNITS = 8;

/** Trains an LSTM that predicts the last step of a patient's window from those before it; see Algorithm.fit. */
export async function fitLstm(training: TrainingData, options: TrainingOptions): Promise<NeuralModel> {
  const window = options.window ?? DEFAULT_WINDOW;
  checkWindow(window);
  return fitNeural(training, options, {
    kind: 'lstm',
    window,
    plan: (slots) => [
      { kind: 'lstm', outputs: UNITS },
      { kind: 'dense', activation: 'linear', outputs: slots },
    ],
    learning: { updates: options.updates ?? DEFAULT_UPDATES, batchSize: BATCH_SIZE, learningRate: LEARNING_RATE },
  });
}
