import { hardSigmoid, softsign } from '../neural/activation.js';
import { denseKernel, paddedLength } from '../neural/dense-kernel.js';
import type { LstmLayer } from '../neural/layers.js';

/** Runs a layer over `steps` steps that stand one after the other, from a state of zeros; the last state is the result. */
export type LstmKernel = (input: Float64Array, from: number, steps: number) => Float64Array;

/**
 * The kernel of an LSTM layer. The result is overwritten by the next call.
 *
 * Input and state stand side by side, so that a step is one dense layer of four gates, then element by element
 * c = f c + i g, h = o s(c) (Hochreiter and Schmidhuber 1997, with the forget gate of Gers 2000).
 */
export function lstmKernel({ inputs, outputs, kernel, recurrent, bias }: LstmLayer): LstmKernel {
  const joined = new Float64Array(kernel.length + recurrent.length);
  joined.set(kernel);
  joined.set(recurrent, kernel.length);
  const gates = denseKernel(joined, bias, inputs + outputs);
  const sums = new Float64Array(paddedLength(4 * outputs));
  const joint = new Float64Array(inputs + outputs);
  const state = joint.subarray(inputs);
  const cell = new Float64Array(outputs);
  return (input, from, steps) => {
    state.fill(0);
    cell.fill(0);
    for (let step = 0; step < steps; step++) {
      for (let i = 0; i < inputs; i++) joint[i] = input[from + step * inputs + i]!;
      gates(joint, 0, sums);
      for (let u = 0; u < outputs; u++) {
        const kept = hardSigmoid(sums[outputs + u]!) * cell[u]!;
        cell[u] = kept + hardSigmoid(sums[u]!) * softsign(sums[2 * outputs + u]!);
        state[u] = hardSigmoid(sums[3 * outputs + u]!) * softsign(cell[u]!);
      }
    }
    return state;
  };
}
