import { isMissing } from './table.js';

/** Mean of the numbers that are present; NaN when none is. */
export function mean(values: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (isMissing(value)) continue;
    sum += value;
    count++;
  }
  return sum / count;
}

/** Standard deviation of the numbers that are present, divided by their number. */
export function standardDeviation(values: Float64Array): number {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
}

/**
 * The value below which a share of ascending values lies, linear between neighbours.
 * @param share from 0 to 1
 */
export function quantile(ascending: Float64Array, share: number): number {
  const place = share * (ascending.length - 1);
  const below = Math.floor(place);
  const low = ascending[below] ?? Number.NaN;
  const high = ascending[Math.min(below + 1, ascending.length - 1)] ?? Number.NaN;
  return low + (high - low) * (place - below);
}
