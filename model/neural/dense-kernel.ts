/** Outputs that are summed at once: independent sums hide the latency of an addition. */
const LANES = 4;

/** Writes a layer's sums, bias included and before any activation, to `out` from index 0. */
export type DenseKernel = (input: Float64Array, from: number, out: Float64Array) => void;

/** Numbers that a kernel of so many outputs writes: the rest up to a multiple of four is of no use. */
export function paddedLength(outputs: number): number {
  return Math.ceil(outputs / LANES) * LANES;
}

/**
 * The kernel of a dense layer, in float64 over weights that are stored in float32.
 *
 * Weights are laid out by groups of four outputs, so that one value is read once for four products.
 *
 * @param kernel `inputs` x `outputs`, row-major
 */
export function denseKernel(kernel: ArrayLike<number>, bias: ArrayLike<number>, inputs: number): DenseKernel {
  const outputs = bias.length;
  const padded = paddedLength(outputs);
  const weights = new Float64Array(inputs * padded);
  const offsets = new Float64Array(padded);
  for (let output = 0; output < outputs; output++) {
    const group = output - (output % LANES);
    offsets[output] = bias[output]!;
    for (let input = 0; input < inputs; input++) {
      weights[group * inputs + LANES * input + (output % LANES)] = kernel[input * outputs + output]!;
    }
  }
  return (input, from, out) => {
    let at = 0;
    for (let output = 0; output < padded; output = (output + LANES) | 0) {
      let a = offsets[output]!;
      let b = offsets[output + 1]!;
      let c = offsets[output + 2]!;
      let d = offsets[output + 3]!;
      for (let i = 0; i < inputs; i = (i + 1) | 0) {
        const value = input[from + i]!;
        a += value * weights[at]!;
        b += value * weights[at + 1]!;
        c += value * weights[at + 2]!;
        d += value * weights[at + 3]!;
        at = (at + LANES) | 0;
      }
      out[output] = a;
      out[output + 1] = b;
      out[output + 2] = c;
      out[output + 3] = d;
    }
  };
}
