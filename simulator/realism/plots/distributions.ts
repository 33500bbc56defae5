import { RECORDED_VITALS, type RecordedVital } from '../recorded-vitals.js';
import type { Prepared } from '../prepared.js';
import { quantile } from '../statistics.js';
import type { RealismProfile, Target } from '../target.js';
import { Panel } from './panel.js';
import { INK, svgDocument } from './svg.js';
import { TITLES } from './titles.js';

const SIZE = { width: 300, height: 210 } as const;
const TOP = 56;

/** Histograms of all readings of a profile; dashed lines are published percentiles. */
export function plotDistributions(profile: RealismProfile, of: Prepared, targets: readonly Target[]): string {
  const panels = RECORDED_VITALS.map((vital, place) => {
    const at = { x: SIZE.width * (place % 3), y: TOP + SIZE.height * Math.floor(place / 3), ...SIZE };
    const published = targets.filter(
      (each) => each.profile === profile && each.vital === vital && each.statistic === 'quantile',
    );
    return histogram(vital, of.sorted(vital), published, at);
  });
  const where = profile === 'icu' ? 'Intensive care, hourly readings' : 'General wards, readings every 5 minutes';
  return svgDocument(
    3 * SIZE.width,
    TOP + 2 * SIZE.height,
    `Distributions: ${profile === 'icu' ? 'intensive care' : 'general wards'}`,
    `${where}, per cent in each bin; dashed: published percentiles.`,
    panels.join(''),
  );
}

function histogram(
  vital: RecordedVital,
  values: Float64Array,
  published: readonly Target[],
  at: { x: number; y: number; width: number; height: number },
): string {
  const width = binWidth(values);
  const low = Math.floor(quantile(values, 0.002) / width) * width;
  const high = Math.ceil(quantile(values, 0.998) / width) * width + width;
  const counts = new Float64Array(Math.max(1, Math.round((high - low) / width)));
  let bin = 0;
  for (const value of values) {
    if (value < low) continue;
    while (bin < counts.length && value >= low + (bin + 1) * width - 1e-9) bin++;
    if (bin < counts.length) counts[bin] = (counts[bin] as number) + 1;
  }
  const shares = Array.from(counts, (count) => (100 * count) / values.length);
  const most = Math.max(...shares);
  const panel = new Panel(at, { x: [low, high], y: [0, most * 1.05] });
  const bars = shares.map((share, bin) => [low + bin * width, share] as const);
  return (
    panel.frame(TITLES[vital], 'value', most < 5 ? 1 : 0) +
    panel.bars(bars, width, INK.simulated) +
    published.map((target) => panel.upright(Number(target.reference), INK.reference)).join('')
  );
}

/** About 30 bins of a whole number of the device's steps. */
function binWidth(values: Float64Array): number {
  const range = quantile(values, 0.998) - quantile(values, 0.002);
  const step = range < 12 && values.some((value) => !Number.isInteger(value)) ? 0.1 : 1;
  return step * Math.max(1, Math.round(range / 30 / step));
}
