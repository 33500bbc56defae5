import { describe, expect, test } from '@jest/globals';
import { BandLookup } from '../../../transforms/clinical/bands.js';
import * as thresholds from '../../../transforms/clinical/thresholds.js';

type AnyChart = thresholds.Chart<unknown>;

/** Every chart of the table, by its path. */
function charts(value: unknown, path: string): [string, AnyChart][] {
  if (typeof value !== 'object' || value === null) return [];
  if ('bands' in value) return [[path, value as AnyChart]];
  return Object.entries(value).flatMap(([name, inner]) => charts(inner, `${path}.${name}`));
}

const CHARTS = Object.entries(thresholds).flatMap(([name, value]) => charts(value, name));

describe('the table of thresholds', () => {
  test('holds every chart', () => {
    expect(CHARTS.length).toBeGreaterThanOrEqual(20);
  });

  test.each(CHARTS)('%s rises, ends open, and names no threshold finer than its digits', (_path, chart) => {
    const ends = chart.bands.map((band) => band.upTo);
    expect(ends.at(-1)).toBe(Infinity);
    expect(ends).toEqual([...new Set(ends)].sort((a, b) => a - b));
    for (const end of ends.slice(0, -1)) expect(Number(end.toFixed(chart.digits))).toBe(end);
  });

  test.each(CHARTS)('%s finds each band from just above the one before up to its own end', (_path, chart) => {
    const lookup = new BandLookup(chart);
    const step = 10 ** -chart.digits;
    chart.bands.forEach((band, i) => {
      const before = chart.bands[i - 1];
      const from = before === undefined ? 0 : Number((before.upTo + step).toFixed(chart.digits));
      expect(lookup.at(from)).toBe(band.is);
      expect(lookup.at(Math.min(band.upTo, 10_000))).toBe(band.is);
    });
  });

  test('a value below every band lies in the first', () => {
    expect(new BandLookup(thresholds.SPO2_CATEGORIES).at(-5)).toBe('severe_hypoxaemia');
  });
});
