import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { highOf, lowOf } from '../../../transforms/clinical/interval.js';
import { news2, packNews2 } from '../../../transforms/clinical/news2.js';
import { NEWS2_PARAMETERS, type News2Input } from '../../../transforms/clinical/news2-parameters.js';
import { HAS_SCORE_TABLES, scoreTable } from './score-tables.js';

/** Nothing scores: every parameter in its white band. */
const WELL: News2Input = {
  respiratory_rate: 16,
  spo2: 97,
  spo2_scale: null,
  supplemental_oxygen: false,
  systolic_bp: 120,
  heart_rate: 70,
  consciousness: 'A',
  temperature: 37,
  age: 64,
  pregnant: false,
};

function scoreOf(differs: Partial<News2Input>): number | null {
  const scored = news2({ ...WELL, ...differs });
  expect(scored.exact).toBe(true);
  expect(scored.low).toBe(scored.high);
  return scored.low;
}

describe('NEWS2, every boundary of the chart', () => {
  test.each([
    [0, 3],
    [8, 3],
    [9, 1],
    [11, 1],
    [12, 0],
    [20, 0],
    [21, 2],
    [24, 2],
    [25, 3],
    [80, 3],
  ])('a respiration of %p scores %p', (respiratory_rate, points) => {
    expect(scoreOf({ respiratory_rate })).toBe(points);
  });

  test.each([
    [50, 3],
    [91, 3],
    [92, 2],
    [93, 2],
    [94, 1],
    [95, 1],
    [96, 0],
    [100, 0],
  ])('on scale 1 a saturation of %p scores %p, on air and on oxygen', (spo2, points) => {
    for (const spo2_scale of [null, 1] as const) {
      expect(scoreOf({ spo2, spo2_scale })).toBe(points);
      expect(scoreOf({ spo2, spo2_scale, supplemental_oxygen: true })).toBe(points + 2);
    }
  });

  test.each([
    [50, 3, 3],
    [83, 3, 3],
    [84, 2, 2],
    [85, 2, 2],
    [86, 1, 1],
    [87, 1, 1],
    [88, 0, 0],
    [92, 0, 0],
    [93, 0, 1],
    [94, 0, 1],
    [95, 0, 2],
    [96, 0, 2],
    [97, 0, 3],
    [100, 0, 3],
  ])('on scale 2 a saturation of %p scores %p on air and %p on oxygen', (spo2, onAir, onOxygen) => {
    expect(scoreOf({ spo2, spo2_scale: 2 })).toBe(onAir);
    expect(scoreOf({ spo2, spo2_scale: 2, supplemental_oxygen: true })).toBe(onOxygen + 2);
  });

  test.each([
    [0, 3],
    [90, 3],
    [91, 2],
    [100, 2],
    [101, 1],
    [110, 1],
    [111, 0],
    [219, 0],
    [220, 3],
    [300, 3],
  ])('a systolic pressure of %p scores %p', (systolic_bp, points) => {
    expect(scoreOf({ systolic_bp })).toBe(points);
  });

  test.each([
    [0, 3],
    [40, 3],
    [41, 1],
    [50, 1],
    [51, 0],
    [90, 0],
    [91, 1],
    [110, 1],
    [111, 2],
    [130, 2],
    [131, 3],
    [350, 3],
  ])('a pulse of %p scores %p', (heart_rate, points) => {
    expect(scoreOf({ heart_rate })).toBe(points);
  });

  test.each([
    [26, 3],
    [35.0, 3],
    [35.1, 1],
    [36.0, 1],
    [36.1, 0],
    [38.0, 0],
    [38.1, 1],
    [39.0, 1],
    [39.1, 2],
    [45, 2],
  ])('a temperature of %p scores %p', (temperature, points) => {
    expect(scoreOf({ temperature })).toBe(points);
  });

  test.each([
    [35.04, 3],
    [35.05, 1],
    [36.04, 1],
    [36.05, 0],
    [38.04, 0],
    [38.05, 1],
    [39.04, 1],
    [39.05, 2],
  ])('a temperature of %p is rounded half-up to 0.1 before it scores %p', (temperature, points) => {
    expect(scoreOf({ temperature })).toBe(points);
  });

  test('a saturation of 91.5 is 92 before it scores', () => {
    expect(scoreOf({ spo2: 91.5 })).toBe(2);
  });

  test.each([
    ['A', 0],
    ['C', 3],
    ['V', 3],
    ['P', 3],
    ['U', 3],
  ] as const)('consciousness %p scores %p', (consciousness, points) => {
    expect(scoreOf({ consciousness })).toBe(points);
  });

  test('the worst of everything is 20 on oxygen and 18 on air', () => {
    const worst = { respiratory_rate: 30, spo2: 80, systolic_bp: 60, heart_rate: 150, temperature: 34 } as const;
    expect(scoreOf({ ...worst, consciousness: 'U', supplemental_oxygen: true })).toBe(20);
    expect(scoreOf({ ...worst, consciousness: 'U' })).toBe(18);
  });
});

describe('NEWS2, mistakes that published calculators make', () => {
  test('on scale 2 a saturation of 100 on air scores 0, not 3', () => {
    expect(news2({ ...WELL, spo2: 100, spo2_scale: 2 }).points.spo2).toBe(0);
  });

  test('a respiration of 21 to 24 scores 2, not 1 or 3', () => {
    for (const respiratory_rate of [21, 22, 23, 24]) expect(scoreOf({ respiratory_rate })).toBe(2);
  });

  test('confusion scores 3 like voice, pain and unresponsive', () => {
    expect(news2({ ...WELL, consciousness: 'C' }).points.consciousness).toBe(3);
  });
});

describe('NEWS2 bands', () => {
  test.each([
    [{}, 0, 'low'],
    [{ heart_rate: 95 }, 1, 'low'],
    [{ heart_rate: 115, respiratory_rate: 22 }, 4, 'low'],
    [{ heart_rate: 140 }, 3, 'low-medium'],
    [{ heart_rate: 140, temperature: 38.5 }, 4, 'low-medium'],
    [{ heart_rate: 115, respiratory_rate: 22, spo2: 95 }, 5, 'medium'],
    [{ heart_rate: 140, respiratory_rate: 22 }, 5, 'medium'],
    [{ heart_rate: 140, respiratory_rate: 30 }, 6, 'medium'],
    [{ heart_rate: 140, respiratory_rate: 30, spo2: 95 }, 7, 'high'],
  ] as const)('%j scores %p and is %p', (differs, total, band) => {
    expect(news2({ ...WELL, ...differs })).toMatchObject({ low: total, high: total, band_low: band, band_high: band });
  });

  test('without respiration a 0 may be a 3, which is low-medium', () => {
    expect(news2({ ...WELL, respiratory_rate: null })).toMatchObject({
      low: 0,
      band_low: 'low',
      band_high: 'low-medium',
    });
  });

  test('without oxygen a 0 is low at either end, because oxygen is never red', () => {
    expect(news2({ ...WELL, supplemental_oxygen: null })).toMatchObject({ high: 2, band_low: 'low', band_high: 'low' });
  });

  test('a red parameter that is present lifts both ends', () => {
    const scored = news2({ ...WELL, heart_rate: 140, supplemental_oxygen: null });
    expect(scored).toMatchObject({ low: 3, high: 5, band_low: 'low-medium', band_high: 'medium' });
  });
});

describe('NEWS2 with something missing', () => {
  test('a missing respiration widens NEWS2 and is named', () => {
    expect(news2({ ...WELL, respiratory_rate: null, heart_rate: 95 })).toEqual({
      low: 1,
      high: 4,
      exact: false,
      missing: ['respiratory_rate'],
      band_low: 'low',
      band_high: 'low-medium',
      points: { spo2: 0, supplemental_oxygen: 0, systolic_bp: 0, heart_rate: 1, consciousness: 0, temperature: 0 },
      applicable: true,
      reason: null,
    });
  });

  test.each(NEWS2_PARAMETERS.map((parameter) => [parameter, parameter === 'supplemental_oxygen' ? 2 : 3] as const))(
    'a missing %p widens by %p',
    (parameter, widening) => {
      const scored = news2({ ...WELL, [parameter]: null });
      expect(scored).toMatchObject({ low: 0, high: widening, exact: false, missing: [parameter] });
      expect(scored.points).not.toHaveProperty(parameter);
    },
  );

  test('with nothing known the score lies between 0 and 20', () => {
    const nothing = Object.fromEntries(NEWS2_PARAMETERS.map((parameter) => [parameter, null]));
    expect(news2({ ...WELL, ...nothing })).toMatchObject({
      low: 0,
      high: 20,
      missing: [...NEWS2_PARAMETERS],
      band_low: 'low',
      band_high: 'high',
      points: {},
    });
  });

  test('on scale 2 with the gas unknown, 97 is 0 on air or 3 + 2 on oxygen, and its points are not known', () => {
    const scored = news2({ ...WELL, spo2: 97, spo2_scale: 2, supplemental_oxygen: null });
    expect(scored).toMatchObject({ low: 0, high: 5, missing: ['supplemental_oxygen'], band_high: 'medium' });
    expect(scored.points).not.toHaveProperty('spo2');
  });

  test('on scale 2 with the gas unknown, 90 is 0 whatever is breathed', () => {
    const scored = news2({ ...WELL, spo2: 90, spo2_scale: 2, supplemental_oxygen: null });
    expect(scored).toMatchObject({ low: 0, high: 2, points: { spo2: 0 } });
  });

  test('the interval is exactly what the possible values of the missing parameters reach', () => {
    const values = {
      respiratory_rate: [8, 9, 12, 21, 25],
      spo2: [83, 84, 86, 88, 91, 92, 93, 94, 95, 96, 97],
      supplemental_oxygen: [false, true],
      systolic_bp: [90, 91, 101, 111, 220],
      heart_rate: [40, 41, 51, 91, 111, 131],
      consciousness: ['A', 'C'],
      temperature: [35, 35.1, 36.1, 38.1, 39.1],
    } as const;
    const RANKS = ['low', 'low-medium', 'medium', 'high'];
    const arbitrary = fc.record({
      ...Object.fromEntries(NEWS2_PARAMETERS.map((name) => [name, fc.constantFrom(...values[name])])),
      spo2_scale: fc.constantFrom(1, 2),
    });
    const hidden = fc.uniqueArray(fc.constantFrom(...NEWS2_PARAMETERS), { minLength: 1, maxLength: 2 });
    fc.assert(
      fc.property(arbitrary, hidden, (known, missing) => {
        const base = { ...WELL, ...known } as News2Input;
        const interval = news2({ ...base, ...Object.fromEntries(missing.map((name) => [name, null])) });
        let completions: News2Input[] = [base];
        for (const name of missing) {
          completions = completions.flatMap((one) => values[name].map((value) => ({ ...one, [name]: value })));
        }
        const all = completions.map((one) => news2(one));
        const totals = all.map((one) => one.low as number);
        const ranks = all.map((one) => RANKS.indexOf(one.band_low as string));
        expect([interval.low, interval.high]).toEqual([Math.min(...totals), Math.max(...totals)]);
        expect(RANKS.indexOf(interval.band_low as string)).toBe(Math.min(...ranks));
        expect(RANKS.indexOf(interval.band_high as string)).toBe(Math.max(...ranks));
      }),
      { numRuns: 500 },
    );
  });
});

describe('whom NEWS2 applies to', () => {
  test.each([
    [{ age: 15 }, 'under_16'],
    [{ age: 0 }, 'under_16'],
    [{ pregnant: true }, 'pregnant'],
    [{ age: 15, pregnant: true }, 'under_16'],
  ] as const)('%j is not applicable: %p', (differs, reason) => {
    expect(news2({ ...WELL, ...differs })).toEqual({
      low: null,
      high: null,
      exact: false,
      missing: [],
      band_low: null,
      band_high: null,
      points: {},
      applicable: false,
      reason,
    });
  });

  test.each([{ age: 16 }, { age: null }, { pregnant: null }])('%j is applicable', (differs) => {
    expect(news2({ ...WELL, ...differs })).toMatchObject({ applicable: true, reason: null, low: 0 });
  });

  test('the packed score of nobody in particular is the same as the described one', () => {
    const packed = packNews2({ ...WELL, heart_rate: 95, temperature: null });
    expect([lowOf(packed), highOf(packed)]).toEqual([1, 4]);
  });
});

(HAS_SCORE_TABLES ? describe : describe.skip)('NEWS2 against the reference table', () => {
  const VITAL: Record<string, keyof News2Input> = {
    respiration_rate: 'respiratory_rate',
    spo2: 'spo2',
    systolic_bp: 'systolic_bp',
    pulse: 'heart_rate',
    temperature_c: 'temperature',
  };
  const GASES: Record<string, { scale: 1 | 2; oxygen: boolean[] }> = {
    scale1: { scale: 1, oxygen: [false, true] },
    'scale2 any gas': { scale: 2, oxygen: [false, true] },
    'scale2 on air': { scale: 2, oxygen: [false] },
    'scale2 on oxygen': { scale: 2, oxygen: [true] },
  };

  test('every row holds at both of its ends', () => {
    let checked = 0;
    for (const row of scoreTable('news2_parameters.csv')) {
      const vital = VITAL[row['parameter'] ?? ''];
      if (vital === undefined) continue;
      const gas = GASES[row['condition'] ?? ''] ?? { scale: 1, oxygen: [false] };
      const ends = [row['low_inclusive'], row['high_inclusive']].filter((end) => end !== '' && end !== undefined);
      for (const end of ends) {
        for (const supplemental_oxygen of gas.oxygen) {
          const scored = news2({ ...WELL, spo2_scale: gas.scale, supplemental_oxygen, [vital]: Number(end) });
          expect([row, scored.points[vital as 'spo2']]).toEqual([row, Number(row['points'])]);
          checked++;
        }
      }
    }
    expect(checked).toBeGreaterThan(50);
  });
});
