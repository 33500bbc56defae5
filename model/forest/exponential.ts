/** Terms of the series of e^x that reach full precision for |x| <= ln 2 / 2: 0.3466^14 / 14! < 2^-57. */
const TERMS = 13;

/**
 * 2 to the power -u, for u >= 0, within 2 units in the last place.
 *
 * Uses additions and multiplications only, whose results are fixed by IEEE 754: `Math.pow` may differ in the last digit
 * between versions of V8, and scores are part of the lake's content hash.
 */
export function powerOfTwoToMinus(u: number): number {
  const whole = Math.round(u);
  const x = (whole - u) * Math.LN2;
  let sum = 1;
  for (let term = TERMS; term > 0; term--) sum = 1 + (sum * x) / term;
  for (let halvings = 0; halvings < whole; halvings++) sum *= 0.5;
  return sum;
}
