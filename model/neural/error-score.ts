import type { Explanation } from '../model.js';

/** What a row scores whose errors are those of an ordinary training row. */
const ORDINARY_SCORE = 0.5;

/**
 * The score of a sum of squared errors e: e / (e + t), where t is what is typical of the training rows. In (0, 1); 0.5
 * for an error that is typical, and it keeps the order of errors up to where float64 ends.
 */
export function errorScore(error: number, typical: number): number {
  return error / (error + typical);
}

/**
 * Takes a score apart, exactly: e/(e+t) - 1/2 = (e-t) / 2(e+t), and e - t is the sum over the features of each one's
 * error less its typical one. Along the straight line from the typical errors to the row's this is every error's
 * Aumann-Shapley value, as with the forest.
 *
 * @param errors squared error of each feature; @param typical likewise of an ordinary row
 */
export function explainErrors(score: number, errors: Float64Array, typical: Float64Array): Explanation {
  if (Number.isNaN(score)) {
    return { score, baseline: ORDINARY_SCORE, contributions: new Float64Array(errors.length).fill(NaN) };
  }
  const slope = 1 / (2 * (sumOf(errors) + sumOf(typical)));
  const contributions = errors.map((error, i) => (error - typical[i]!) * slope);
  return { score, baseline: ORDINARY_SCORE, contributions };
}

export function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}
