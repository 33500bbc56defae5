import { describe, expect, test } from '@jest/globals';
import { bloodPressureCategory } from '../../transforms/clinical/blood-pressure.js';
import {
  glucoseCategory,
  heartRateCategory,
  spo2Category,
  temperatureCategory,
} from '../../transforms/clinical/categories.js';
import { unpackInterval } from '../../transforms/clinical/interval.js';
import { packMews } from '../../transforms/clinical/mews.js';
import { news2 } from '../../transforms/clinical/news2.js';
import { NEWS2_PARAMETERS } from '../../transforms/clinical/news2-parameters.js';
import { packQsofa } from '../../transforms/clinical/qsofa.js';
import { packSirs } from '../../transforms/clinical/sirs.js';
import * as thresholds from '../../transforms/clinical/thresholds.js';
import { EDGES, READINGS_BY_AGGREGATE, WELL } from './band-edges.js';

/** Every chart of the table with its number of bands, by its path. */
function charts(value: unknown, path: string): [string, number][] {
  if (typeof value !== 'object' || value === null) return [];
  if ('bands' in value) return [[path, (value as thresholds.Chart<unknown>).bands.length]];
  return Object.entries(value).flatMap(([name, inner]) => charts(inner, `${path}.${name}`));
}
const CHARTS = Object.entries(thresholds).flatMap(([name, value]) => charts(value, name));

describe('every band edge of every score and category', () => {
  test('is in the list: as many edges as the bands of each chart have between them', () => {
    const listed = Object.entries(EDGES).map(([path, { edges }]) => [path, edges.length + 1]);
    expect(listed.sort()).toEqual(CHARTS.sort());
  });

  test.each(Object.entries(EDGES))('%s changes there and nowhere nearer', (_, { of, edges }) => {
    for (const [last, is, next, becomes] of edges)
      expect([last, of(last), next, of(next)]).toEqual([last, is, next, becomes]);
  });

  test('aggregates of NEWS2 are those that their readings have', () => {
    for (const [aggregate, reading] of Object.entries(READINGS_BY_AGGREGATE)) {
      expect(news2(reading)).toMatchObject({ low: Number(aggregate), high: Number(aggregate) });
    }
  });
});

describe('whatever is sent', () => {
  test('200/130 is a crisis, and so is either pressure alone above its limit', () => {
    expect(bloodPressureCategory(200, 130, null)).toBe('crisis');
    expect(bloodPressureCategory(181, 60, null)).toBe('crisis');
    expect(bloodPressureCategory(110, 121, null)).toBe('crisis');
  });

  test('missing is never zero: each missing parameter widens every score that reads it', () => {
    for (const name of NEWS2_PARAMETERS) {
      const reading = { ...WELL, [name]: null };
      expect([name, news2(reading).exact, news2(reading).missing]).toEqual([name, false, [name]]);
      const scores = { qsofa: packQsofa(reading), sirs: packSirs(reading), mews: packMews(reading) };
      for (const [score, packed] of Object.entries(scores)) {
        const { low, high } = unpackInterval(packed);
        expect([score, name, low, (high as number) > 0]).toEqual([score, name, 0, READS[score]?.includes(name)]);
      }
    }
  });

  const READS: Readonly<Record<string, readonly string[]>> = {
    qsofa: ['respiratory_rate', 'systolic_bp', 'consciousness'],
    sirs: ['temperature', 'heart_rate', 'respiratory_rate'],
    mews: ['systolic_bp', 'heart_rate', 'respiratory_rate', 'temperature', 'consciousness'],
  };

  test('missing has no category, and 0 has one', () => {
    const both = (of: (value: number | null) => unknown) => [of(null), of(0)];
    expect(both((value) => heartRateCategory(value, 64))).toEqual([null, 'bradycardia']);
    expect(both(spo2Category)).toEqual([null, 'severe_hypoxaemia']);
    expect(both(temperatureCategory)).toEqual([null, 'severe_hypothermia']);
    expect(both(glucoseCategory)).toEqual([null, 'severe_hypoglycaemia']);
    expect(bloodPressureCategory(null, 80, 64)).toBeNull();
    expect(bloodPressureCategory(120, null, 64)).toBeNull();
  });
});
