import { patientOrder, type PatientSeries } from './series.js';

/** A feature made from a patient's own past: what of which other feature, over how long. */
export interface HistoryFeature {
  readonly base: string;
  readonly measure: 'slope' | 'sd' | 'deviation';
  readonly millis: number;
}

/** E.g. `heart_rate_slope_15m`, `spo2_deviation_24h`. */
const NAME = /^(.+)_(slope|sd|deviation)_([1-9]\d{0,3})([smh])$/;
const UNIT_MILLIS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** Fewer readings say nothing about a slope, a spread or a baseline. */
const LEAST_READINGS = 3;

/** What the name of a feature asks for; null where it is no feature of this kind. */
export function parseHistoryFeature(name: string): HistoryFeature | null {
  const match = NAME.exec(name);
  if (match === null) return null;
  const [, base, measure, amount, unit] = match as unknown as [
    string,
    string,
    HistoryFeature['measure'],
    string,
    string,
  ];
  return { base, measure, millis: Number(amount) * UNIT_MILLIS[unit]! };
}

/**
 * A feature of every reading's past, NaN where there is too little of it. Looks back only.
 *
 * - `slope`: of the least-squares line through the readings of the span up to and with this one, in units per minute.
 * - `sd`: their sample standard deviation.
 * - `deviation`: this reading less the mean of the earlier ones in the span: the patient's own baseline.
 *
 * @param values of the base feature, one a reading
 */
export function historyColumn(values: Float64Array, series: PatientSeries, feature: HistoryFeature): Float64Array {
  const { order, place } = patientOrder(series);
  const measure = { slope, sd, deviation }[feature.measure];
  const past: number[] = [];
  const times: number[] = [];
  return values.map((_, reading) => {
    past.length = times.length = 0;
    const now = series.times[reading]!;
    for (let at = place[reading]!; at >= 0; at--) {
      const row = order[at]!;
      if (series.patients[row] !== series.patients[reading] || now - series.times[row]! >= feature.millis) break;
      const value = values[row]!;
      if (at === place[reading] && value !== value) return NaN;
      if (value !== value) continue;
      past.push(value);
      times.push((series.times[row]! - now) / UNIT_MILLIS['m']!);
    }
    return measure(past, times);
  });
}

/** Values and minutes stand newest first; the first is the reading itself. */
function slope(values: readonly number[], minutes: readonly number[]): number {
  if (values.length < LEAST_READINGS) return NaN;
  const [x, y] = [meanOf(minutes), meanOf(values)];
  let across = 0;
  let along = 0;
  for (let i = 0; i < values.length; i++) {
    across += (minutes[i]! - x) ** 2;
    along += (minutes[i]! - x) * (values[i]! - y);
  }
  return across > 0 ? along / across : NaN;
}

function sd(values: readonly number[]): number {
  if (values.length < LEAST_READINGS) return NaN;
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

function deviation(values: readonly number[]): number {
  return values.length <= LEAST_READINGS ? NaN : values[0]! - meanOf(values.slice(1));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
