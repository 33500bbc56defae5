/**
 * The Kolmogorov-Smirnov distance of two sets of ordered bins: the greatest difference of their cumulative shares, in [0, 1]. Bins hide
 * what happens between their edges, so it is at most the distance of the values themselves.
 *
 * @returns NaN where either is empty
 */
export function kolmogorovSmirnov(reference: readonly number[], observed: readonly number[]): number {
  if (reference.length !== observed.length) throw new RangeError('kolmogorovSmirnov: the bins are not the same');
  const [p, q] = [total(reference), total(observed)];
  if (p === 0 || q === 0) return NaN;
  let [before, now, distance] = [0, 0, 0];
  for (let bin = 0; bin < reference.length; bin++) {
    before += reference[bin]! / p;
    now += observed[bin]! / q;
    distance = Math.max(distance, Math.abs(now - before));
  }
  return distance;
}

/**
 * The distance that two samples of one distribution exceed with a probability of at most `risk`: sqrt(ln(2 / risk) / (2 n)), with
 * n = a b / (a + b). Massart (1990), The Tight Constant in the Dvoretzky-Kiefer-Wolfowitz Inequality, holds it for every n and for
 * values with ties where one sample is the distribution itself; for two samples it is the asymptotic form (Smirnov 1948).
 *
 * @param a independent observations of one; Infinity for the distribution itself
 * @param b of the other
 */
export function criticalDistance(a: number, b: number, risk: number): number {
  const least = Math.min(a, b);
  const n = least === 0 ? 0 : least / (1 + least / Math.max(a, b));
  return Math.sqrt(Math.log(2 / risk) / (2 * n));
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
