/** Stands in for the share of an empty bin: the logarithm of nothing is none. */
export const LEAST_SHARE = 1e-4;

/**
 * The population stability index of two sets of bins: the sum of (q - p) ln(q / p) over the bins' shares p and q, with empty bins taken
 * for a share of {@link LEAST_SHARE}. 0 for equal shares; symmetric.
 *
 * Lewis (1994), An Introduction to Credit Scoring; it is the symmetrised Kullback-Leibler divergence.
 *
 * @param reference counts or shares, one a bin
 * @param observed counts or shares of the same bins
 * @returns NaN where either is empty
 */
export function stabilityIndex(reference: readonly number[], observed: readonly number[]): number {
  if (reference.length !== observed.length) throw new RangeError('stabilityIndex: the bins are not the same');
  const [p, q] = [total(reference), total(observed)];
  if (p === 0 || q === 0) return NaN;
  return reference.reduce((sum, count, bin) => {
    const before = Math.max(count / p, LEAST_SHARE);
    const now = Math.max(observed[bin]! / q, LEAST_SHARE);
    return sum + (now - before) * Math.log(now / before);
  }, 0);
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
