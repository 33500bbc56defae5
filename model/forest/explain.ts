import type { Explanation } from '../model.js';
import type { CompiledForest } from './compile.js';
import { powerOfTwoToMinus } from './exponential.js';
import type { RowFiller } from './fill.js';

export type ForestExplainer = (row: Float64Array) => Explanation;

/** Below this difference of exponents the secant of 2^-u is its tangent to full precision. */
const TANGENT_BELOW = 1e-6;

/**
 * Explains scores of a forest.
 *
 * At every split on the row's way the expected path length (over the training rows that passed the node) changes; the
 * change is the split's feature's. Summed over the trees that is exact: root expectation plus all changes is the row's
 * path length (Saabas 2014, for averages of trees). The score is 2^-u of the mean length u, which is not additive;
 * along the straight line from the expectation to the row, every length's share of the score (its Aumann-Shapley
 * value) is that length times the slope of the secant, so contributions keep proportions and signs and still add up.
 *
 * The baseline is the score of a row whose path has the length that the training rows' paths have on average. A missing
 * value counts as its median, as in the score, and its indicator to the feature. A row with fewer than half of its features has no score and no
 * contributions: NaN.
 */
export function forestExplainer(forest: CompiledForest, { width, slots, featureOf, fill }: RowFiller): ForestExplainer {
  const filled = new Float64Array(slots);
  const baselineExponent = forest.expected / forest.scale;
  const baseline = powerOfTwoToMinus(baselineExponent);
  return (row) => {
    const contributions = new Float64Array(width);
    if (!fill(row, 0, filled, 0)) return { score: NaN, baseline, contributions: contributions.fill(NaN) };
    const exponent = addSteps(forest, filled, featureOf, contributions) / forest.scale;
    const score = powerOfTwoToMinus(exponent);
    const slope = secantSlope(baselineExponent, exponent) / forest.scale;
    // Adding zero: a feature that changed nothing contributes 0, never -0.
    for (let i = 0; i < contributions.length; i++) contributions[i] = contributions[i]! * slope + 0;
    return { score, baseline, contributions };
  };
}

/** Adds each split's change of the expected length to its feature; returns the sum of the row's path lengths. */
function addSteps(forest: CompiledForest, row: Float64Array, featureOf: Uint16Array, changes: Float64Array): number {
  const { trees, depth, slots, feature, threshold, path, step } = forest;
  let length = 0;
  for (let tree = 0; tree < trees; tree++) {
    const base = (tree * slots) | 0;
    let node = 1;
    for (let level = 0; level < depth; level++) {
      const at = (base + node) | 0;
      const split = feature[at]!;
      node = ((node << 1) + +(row[split]! >= threshold[at]!)) | 0;
      const of = featureOf[split]!;
      changes[of] = changes[of]! + step[(2 * base + node) | 0]!;
    }
    length += path[(base - slots + node) | 0]!;
  }
  return length;
}

/** (2^-to - 2^-from) / (to - from), and its limit where the two meet. */
function secantSlope(from: number, to: number): number {
  const run = to - from;
  if (Math.abs(run) < TANGENT_BELOW) return -Math.LN2 * powerOfTwoToMinus((from + to) / 2);
  return (powerOfTwoToMinus(to) - powerOfTwoToMinus(from)) / run;
}
