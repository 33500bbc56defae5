import { writeFileSync } from 'node:fs';
import type { AnomalyModel } from '../model/model.js';
import type { NeuralModel } from '../model/neural/neural-model.js';
import { exportNetwork } from '../model/onnx/export-network.js';
import { ConfigurationError } from '../schema/errors.js';
import { readModelFolder } from './model-files.js';

/** Writes a network as ONNX. @throws ConfigurationError for a forest, and for a file that cannot be written */
export function exportOnnx(folder: string, out: string): { readonly id: string; readonly bytes: number } {
  const model = readModelFolder(folder);
  if (!isNetwork(model)) {
    const problem = `${model.id} is a forest, whose thresholds ONNX would round to float32`;
    throw new ConfigurationError(
      'folder',
      problem,
      'Name an autoencoder or an LSTM; MLflow takes a forest: vitals model push.',
    );
  }
  const bytes = exportNetwork(model);
  try {
    writeFileSync(out, bytes);
  } catch (error) {
    const problem = `${out} cannot be written (${(error as NodeJS.ErrnoException).code})`;
    throw new ConfigurationError('--out', problem, 'Name a file in a folder that exists.');
  }
  return { id: model.id, bytes: bytes.length };
}

function isNetwork(model: AnomalyModel): model is NeuralModel {
  return model.kind !== 'forest';
}
