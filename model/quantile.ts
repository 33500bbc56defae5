/**
 * The median of the values that are present, the mean of the middle two where their number is even; NaN where none is.
 *
 * @param values NaN is missing; sorted in place
 */
export function medianOf(values: Float64Array): number {
  // A typed array sorts NaN last.
  const sorted = values.sort();
  let present = sorted.length;
  while (present > 0 && Number.isNaN(sorted[present - 1])) present--;
  if (present === 0) return NaN;
  const middle = present >> 1;
  return present % 2 === 1 ? sorted[middle]! : sorted[middle - 1]! / 2 + sorted[middle]! / 2;
}

/** The least of the sorted values that at least the given share of them does not exceed (the empirical quantile). */
export function quantileOf(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}
