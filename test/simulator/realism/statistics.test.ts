import { describe, expect, test } from '@jest/globals';

import { missingShare, shareWithRun } from '../../../simulator/realism/events.js';
import { dailyCourse, peakHour, sleepDip } from '../../../simulator/realism/rhythm.js';
import { mean, quantile, standardDeviation } from '../../../simulator/realism/statistics.js';
import { sorted, type Table } from '../../../simulator/realism/table.js';
import { correlation, slope } from '../../../simulator/realism/together.js';
import {
  autocorrelation,
  betweenDeviation,
  centred,
  patientMeans,
  patientMedians,
  stepDeviation,
  withinDeviation,
} from '../../../simulator/realism/within.js';

const NONE = Number.NaN;

function table(...rows: number[][]): Table {
  return { patients: rows.length, samples: rows[0]?.length ?? 0, values: Float64Array.from(rows.flat()) };
}

describe('statistics of the realism report, computed by hand', () => {
  test('mean and standard deviation leave out what is missing', () => {
    expect(mean(Float64Array.of(2, NONE, 4, 6))).toBe(4);
    expect(standardDeviation(Float64Array.of(2, 4, NONE, 4, 4, 5, 5, 7, 9))).toBe(2);
    expect(mean(Float64Array.of(NONE))).toBeNaN();
  });

  test('a quantile is linear between neighbours', () => {
    const values = sorted(table([5, NONE, 1], [3, 2, 4]));
    expect([...values]).toEqual([1, 2, 3, 4, 5]);
    expect(quantile(values, 0)).toBe(1);
    expect(quantile(values, 0.5)).toBe(3);
    expect(quantile(values, 0.9)).toBeCloseTo(4.6, 12);
    expect(quantile(values, 1)).toBe(5);
  });

  test('spread between patients is of their means, within a patient the median of their own', () => {
    const three = table([1, 3, NONE], [10, 10, 10], [20, 26, 23]);
    expect([...patientMeans(three)]).toEqual([2, 10, 23]);
    expect([...patientMedians(three)]).toEqual([2, 10, 23]);
    expect(betweenDeviation(table([1, 1], [3, 3]))).toBe(1);
    expect(withinDeviation(three)).toBe(1);
    expect([...centred(three).values]).toEqual([-1, 1, NONE, 0, 0, 0, -3, 3, 0]);
  });

  test('autocorrelation pools pairs within patients, never across two of them', () => {
    // Deviations 1 1 -1 -1: products 1 -1 1 at lag 1 (mean 1/3), -1 -1 at lag 2, mean square 1.
    const one = table([1, 1, -1, -1]);
    expect(autocorrelation(one, 1)).toBeCloseTo(1 / 3, 12);
    expect(autocorrelation(one, 2)).toBe(-1);
    expect(autocorrelation(table([1, 1, -1, -1], [2, -2, 2, -2]), 1)).toBeCloseTo((1 - 12) / 6 / 2.5, 12);
    expect(autocorrelation(table([1, NONE, 1, -1]), 1)).toBe(-1);
    expect(stepDeviation(table([0, 1, 3], [9, 9, NONE]))).toBeCloseTo(Math.sqrt(2 / 3), 12);
  });

  test('correlation and slope use the pairs where both are present', () => {
    const x = Float64Array.of(1, 2, 3, NONE, 9);
    const y = Float64Array.of(2, 4, 6, 1, NONE);
    expect(correlation(x, y)).toBeCloseTo(1, 12);
    expect(slope(x, y)).toBe(2);
    expect(correlation(Float64Array.of(1, 2, 3), Float64Array.of(1, 3, 2))).toBe(0.5);
  });

  test('the mean day has an hour of its highest point and a dip in sleep', () => {
    const hours = Array.from({ length: 48 }, (_, hour) => Math.cos(((hour + 0.5 - 19) * Math.PI) / 12));
    const course = dailyCourse(table(hours, hours), 0, 3_600_000);
    expect(course).toHaveLength(24);
    expect(course[3]).toBeCloseTo(hours[27] as number, 12);
    expect(peakHour(course)).toBeCloseTo(19, 9);
    const asleep = Float64Array.from({ length: 24 }, (_, hour) => (hour >= 1 && hour < 5 ? 109 : 120));
    expect(sleepDip(asleep)).toBe(-11);
  });

  test('a run is of present samples on end, of one patient', () => {
    const runs = table([1, 5, NONE, 5, 1], [5, 1, 5, 1, 5], [1, 1, 1, 5, 5], [5, 5, 5, 1, 1]);
    expect(shareWithRun(runs, (value) => value > 4, 2)).toBe(0.75);
    expect(shareWithRun(runs, (value) => value > 4, 3)).toBe(0.25);
    expect(missingShare(runs, () => true)).toBe(0.05);
    expect(missingShare(runs, (patient) => patient === 0)).toBe(0.2);
  });
});
