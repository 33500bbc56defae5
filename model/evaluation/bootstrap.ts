import { uniformSource } from '../forest/random.js';

/** A figure with the range in which 95 of 100 samples of as many patients would lie. */
export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

const LOW = 0.025;
const HIGH = 0.975;

/**
 * The percentile bootstrap (Efron, 1979) over patients: readings of one patient are not independent, patients are. A figure
 * that is undefined on a sample (no event was drawn) does not count.
 *
 * @param statistic of a sample: places of patients, some of them repeated
 */
export function bootstrap(
  patients: number,
  statistic: (sample: Uint32Array) => number,
  seed: string,
  resamples = 500,
): Interval {
  const random = uniformSource(seed);
  const all = Uint32Array.from({ length: patients }, (_, i) => i);
  const figures: number[] = [];
  for (let i = 0; i < resamples; i++) {
    const figure = statistic(all.map(() => Math.floor(random() * patients)));
    if (!Number.isNaN(figure)) figures.push(figure);
  }
  figures.sort((a, b) => a - b);
  return { estimate: statistic(all), low: quantileOf(figures, LOW), high: quantileOf(figures, HIGH) };
}

function quantileOf(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return NaN;
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] as number;
}
