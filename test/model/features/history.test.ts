import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { historyColumn, parseHistoryFeature } from '../../../model/features/history.js';
import { windowRows } from '../../../model/features/windows.js';
import { rowMajor } from '../../../model/matrix.js';

const MINUTE = 60_000;
const columnOf = (name: string, values: number[], minutes: number[], patients: number[] = minutes.map(() => 0)) =>
  [
    ...historyColumn(
      Float64Array.from(values),
      { patients: Uint32Array.from(patients), times: Float64Array.from(minutes, (minute) => MINUTE * minute) },
      parseHistoryFeature(name)!,
    ),
  ] as number[];

describe("features of a patient's past", () => {
  test.each([
    ['heart_rate_slope_15m', { base: 'heart_rate', measure: 'slope', millis: 900_000 }],
    ['shock_index_deviation_24h', { base: 'shock_index', measure: 'deviation', millis: 86_400_000 }],
    ['spo2_sd_90s', { base: 'spo2', measure: 'sd', millis: 90_000 }],
    ['heart_rate', null],
    ['heart_rate_slope_0m', null],
    ['_slope_5m', null],
  ])('%s is read as %p', (name, expected) => expect(parseHistoryFeature(name)).toEqual(expected));

  test('slope is in units a minute, over the readings of the span only', () => {
    expect(columnOf('x_slope_5m', [99, 10, 12, 14, 16], [-10, 0, 1, 2, 3])).toEqual([NaN, NaN, NaN, 2, 2]);
  });

  test('sd is that of a sample, deviation from the mean of what came before', () => {
    expect(columnOf('x_sd_10m', [2, 4, 6], [0, 1, 2])).toEqual([NaN, NaN, 2]);
    expect(columnOf('x_deviation_10m', [10, 20, 30, 50], [0, 1, 2, 3])).toEqual([NaN, NaN, NaN, 30]);
  });

  test('a missing value has none, and is left out of those that follow', () => {
    expect(columnOf('x_slope_9m', [1, 2, NaN, 4], [0, 1, 2, 3])).toEqual([NaN, NaN, NaN, 1]);
  });

  test('patients never mix, and the order of the file does not matter', () => {
    const measured = columnOf('x_slope_9m', [4, 50, 1, 60, 2, 70], [3, 3, 0, 0, 1, 1], [0, 1, 0, 1, 0, 1]);
    expect(measured[0]).toBe(1);
    // Through (0, 60), (1, 70) and (3, 50): -30 / 7 * 14 / 14.
    expect(measured[1]).toBeCloseTo(-30 / 7, 12);
    expect(measured.slice(2)).toEqual([NaN, NaN, NaN, NaN]);
  });

  test('no feature and no window ever looks at what comes later', () => {
    const readings = fc.array(fc.tuple(fc.nat(20), fc.integer({ min: 0, max: 99 })), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(readings, fc.integer({ min: 0, max: 99 }), (rows, other) => {
        const sorted = [...rows].sort(([a], [b]) => a - b);
        const minutes = sorted.map(([minute]) => minute);
        const values = sorted.map(([, value]) => value);
        const changed = [...values.slice(0, -1), other];
        const before = columnOf('x_deviation_9m', values, minutes).slice(0, -1);
        expect(columnOf('x_deviation_9m', changed, minutes).slice(0, -1)).toEqual(before);
        expect(windowsOf(changed, minutes).slice(0, -1)).toEqual(windowsOf(values, minutes).slice(0, -1));
      }),
    );
  });
});

function windowsOf(values: number[], minutes: number[], patients: number[] = minutes.map(() => 0)): number[][] {
  const series = { patients: Uint32Array.from(patients), times: Float64Array.from(minutes, (m) => MINUTE * m) };
  const data = rowMajor(Float64Array.from(values), values.length, 1);
  const source = windowRows(data, series, { steps: 3, step_seconds: 60 });
  return values.map((_, row) => {
    const out = new Float64Array(5).fill(-1);
    source.fill(row, out, 1);
    expect([out[0], out[4]]).toEqual([-1, -1]);
    return [...out.subarray(1, 4)];
  });
}

describe('windows', () => {
  test('hold the mean of each step, NaN where there was nothing, the last step up to the reading itself', () => {
    expect(windowsOf([1, 3, 10, 20, 7], [0, 0.5, 2, 2.5, 9])).toEqual([
      [NaN, NaN, 1],
      [NaN, NaN, 2],
      [2, NaN, 10],
      [2, NaN, 15],
      [NaN, NaN, 7],
    ]);
  });

  test('belong to one patient each, and leave missing values out of means', () => {
    expect(windowsOf([1, 5, NaN, 6], [0, 0, 1, 1], [0, 1, 0, 1])).toEqual([
      [NaN, NaN, 1],
      [NaN, NaN, 5],
      [NaN, 1, NaN],
      [NaN, 5, 6],
    ]);
  });
});
