import { describe, expect, test } from '@jest/globals';
import { unpackInterval } from '../../../transforms/clinical/interval.js';
import { packMews } from '../../../transforms/clinical/mews.js';
import { HAS_SCORE_TABLES, scoreTable } from './score-tables.js';

type Input = Parameters<typeof packMews>[0];

const WELL: Input = {
  systolic_bp: 120,
  heart_rate: 70,
  respiratory_rate: 12,
  temperature: 37,
  consciousness: 'A',
  age: 64,
};

function mews(differs: Partial<Input>) {
  return unpackInterval(packMews({ ...WELL, ...differs }));
}

describe('MEWS (Subbe 2001)', () => {
  test.each([
    ['systolic_bp', 70, 3],
    ['systolic_bp', 71, 2],
    ['systolic_bp', 80, 2],
    ['systolic_bp', 81, 1],
    ['systolic_bp', 100, 1],
    ['systolic_bp', 101, 0],
    ['systolic_bp', 199, 0],
    ['systolic_bp', 200, 2],
    ['heart_rate', 39, 2],
    ['heart_rate', 40, 1],
    ['heart_rate', 50, 1],
    ['heart_rate', 51, 0],
    ['heart_rate', 100, 0],
    ['heart_rate', 101, 1],
    ['heart_rate', 110, 1],
    ['heart_rate', 111, 2],
    ['heart_rate', 129, 2],
    ['heart_rate', 130, 3],
    ['respiratory_rate', 8, 2],
    ['respiratory_rate', 9, 0],
    ['respiratory_rate', 14, 0],
    ['respiratory_rate', 15, 1],
    ['respiratory_rate', 20, 1],
    ['respiratory_rate', 21, 2],
    ['respiratory_rate', 29, 2],
    ['respiratory_rate', 30, 3],
    ['temperature', 34.9, 2],
    ['temperature', 34.95, 0],
    ['temperature', 35, 0],
    ['temperature', 38.4, 0],
    ['temperature', 38.44, 0],
    ['temperature', 38.45, 2],
    ['temperature', 38.5, 2],
    ['consciousness', 'A', 0],
    ['consciousness', 'C', 1],
    ['consciousness', 'V', 1],
    ['consciousness', 'P', 2],
    ['consciousness', 'U', 3],
  ] as const)('a %s of %p scores %p', (parameter, value, points) => {
    expect(mews({ [parameter]: value })).toEqual({ low: points, high: points });
  });

  test('the worst of everything is 14', () => {
    const worst = {
      systolic_bp: 60,
      heart_rate: 150,
      respiratory_rate: 40,
      temperature: 34,
      consciousness: 'U',
    } as const;
    expect(mews(worst)).toEqual({ low: 14, high: 14 });
  });

  test.each([
    ['systolic_bp', 3],
    ['heart_rate', 3],
    ['respiratory_rate', 3],
    ['temperature', 2],
    ['consciousness', 3],
  ] as const)('a missing %s widens it by %p', (parameter, widening) => {
    expect(mews({ [parameter]: null })).toEqual({ low: 0, high: widening });
  });

  test('is not applicable under 16', () => {
    expect(mews({ age: 15 })).toEqual({ low: null, high: null });
    expect(mews({ age: 16 })).toEqual({ low: 0, high: 0 });
  });
});

(HAS_SCORE_TABLES ? describe : describe.skip)('MEWS against the reference table', () => {
  test('every row holds at both of its ends', () => {
    const rows = scoreTable('mews_subbe2001.csv').filter((row) => /^\d$/.test(row['points'] ?? ''));
    const vitals = rows.filter((row) =>
      /^(systolic_bp|heart_rate|respiratory_rate|temperature_c)$/.test(row['parameter'] ?? ''),
    );
    expect(vitals.length).toBeGreaterThan(15);
    for (const row of vitals) {
      const vital = row['parameter'] === 'temperature_c' ? 'temperature' : (row['parameter'] ?? '');
      for (const end of [row['low'], row['high']].filter((value) => value !== '')) {
        expect([row, mews({ [vital]: Number(end) }).low]).toEqual([row, Number(row['points'])]);
      }
    }
  });
});
