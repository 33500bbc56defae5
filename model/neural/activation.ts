/**
 * Activations that need no exponential: IEEE 754 fixes the result of every operation in them, so that a score is the same
 * on every platform. `Math.tanh` and `Math.exp` may differ in the last digit between versions of V8, and scores are part
 * of the lake's content hash. They also take a fraction of the time.
 */

/** x / (1 + |x|): like tanh, bounded by -1 and 1 (Bergstra 2009). */
export function softsign(x: number): number {
  return x / (1 + (x < 0 ? -x : x));
}

/** The logistic function's straight line, 0.2 x + 0.5, held within 0 and 1: `hardSigmoid` of Keras and TensorFlow.js. */
export function hardSigmoid(x: number): number {
  const line = 0.2 * x + 0.5;
  if (line <= 0) return 0;
  return line >= 1 ? 1 : line;
}
