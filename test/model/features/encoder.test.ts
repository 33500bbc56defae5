import { describe, expect, test } from '@jest/globals';
import { createEncoder } from '../../../model/features/encoder.js';
import { networkScalings, SCALED_LIMIT } from '../../../model/features/scaling.js';
import { cosineOfTurns, sineOfTurns } from '../../../model/features/turns.js';
import { rowMajor } from '../../../model/matrix.js';

const rows = [
  [10, 6, 5, NaN],
  [30, 12, 5, 1],
  [20, NaN, 5, 3],
];
const names = ['x', 'time_of_day', 'constant', 'sometimes'];
const scalings = networkScalings(rowMajor(Float64Array.from(rows.flat()), 3, 4), Uint32Array.of(0, 1, 2), names);
const encoder = createEncoder(
  names.map((name, i) => ({ name, unit: null, median: [20, 9, 5, 2][i]!, scaling: scalings[i]! })),
);
const encode = (...row: number[]): number[] => {
  const out = new Float64Array(encoder.slots);
  encoder.encode(Float64Array.from(row), 0, out, 0);
  return [...out];
};

describe('an encoder', () => {
  test('scales by mean and deviation, goes round with the hour, and marks what was missing while training', () => {
    expect(scalings).toEqual([
      { kind: 'standard', mean: 20, deviation: expect.closeTo(Math.sqrt(200 / 3), 12) as unknown, indicator: false },
      { kind: 'cycle', period: 24, indicator: true },
      { kind: 'standard', mean: 5, deviation: 1, indicator: false },
      { kind: 'standard', mean: 2, deviation: 1, indicator: true },
    ]);
    expect([...encoder.featureOf]).toEqual([0, 1, 1, 1, 2, 3, 3]);
    expect(encode(20, 6, 5, 3).map((value) => Math.round(1e12 * value) / 1e12 + 0)).toEqual([0, 1, 0, 0, 0, 1, 0]);
    expect(encode(NaN, NaN, NaN, NaN)).toEqual([0, 0, 0, 1, 0, 0, 1]);
  });

  test('holds values that are far out, infinite ones too, within ten deviations', () => {
    expect(encode(Infinity, Infinity, -1e308, 1e308)).toEqual([SCALED_LIMIT, 0, 0, 0, -SCALED_LIMIT, SCALED_LIMIT, 0]);
  });

  test('counts what is missing', () => {
    expect(encoder.encode(Float64Array.of(1, NaN, 1, NaN), 0, new Float64Array(7), 0)).toBe(2);
  });

  test('has sine and cosine of its own, within 1e-13', () => {
    for (let i = -2_000; i <= 2_000; i++) {
      const turns = i / 487;
      expect(Math.abs(sineOfTurns(turns) - Math.sin(2 * Math.PI * turns))).toBeLessThan(1e-13);
      expect(Math.abs(cosineOfTurns(turns) - Math.cos(2 * Math.PI * turns))).toBeLessThan(1e-13);
    }
    expect([sineOfTurns(0), sineOfTurns(0.25), sineOfTurns(0.75), sineOfTurns(NaN)]).toEqual([0, 1, -1, 0]);
  });
});
