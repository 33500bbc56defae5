import { lstmKernel } from '../lstm/lstm-kernel.js';
import { softsign } from './activation.js';
import { denseKernel, paddedLength } from './dense-kernel.js';
import type { DenseLayer, Layer, NetworkWeights } from './layers.js';

/**
 * What a network expects the last step of a row to be: of a single step its own reconstruction, of a window the
 * prediction from the steps before it. The result is overwritten by the next call.
 *
 * @param encoded the row's steps, one after the other, from index 0
 */
export type Predictor = (encoded: Float64Array) => Float64Array;

/** Lays a network out for scoring one row at a time, without allocating anything. */
export function compileNetwork({ layers, steps }: NetworkWeights): Predictor {
  const read = Math.max(1, steps - 1);
  const stages = layers.map((layer) => compileLayer(layer, read));
  return (encoded) => {
    let values = encoded;
    for (let i = 0; i < stages.length; i++) values = stages[i]!(values);
    return values;
  };
}

function compileLayer(layer: Layer, steps: number): Predictor {
  if (layer.kind === 'dense') return compileDense(layer);
  const run = lstmKernel(layer);
  return (encoded) => run(encoded, 0, steps);
}

function compileDense({ kernel, bias, inputs, outputs, activation }: DenseLayer): Predictor {
  const out = new Float64Array(paddedLength(outputs));
  const sum = denseKernel(kernel, bias, inputs);
  if (activation === 'linear') {
    return (values) => {
      sum(values, 0, out);
      return out;
    };
  }
  return (values) => {
    sum(values, 0, out);
    for (let i = 0; i < outputs; i++) out[i] = softsign(out[i]!);
    return out;
  };
}
