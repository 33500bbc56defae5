import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { medianOf, quantileOf } from '../../model/quantile.js';
import { thresholdAt } from '../../model/threshold.js';

describe('threshold', () => {
  test('is reached by at most one minus the quantile of the training scores, whatever the ties', () => {
    const scores = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(scores, fc.double({ min: 0.01, max: 0.999, noNaN: true }), (tenths, quantile) => {
        const sorted = Float64Array.from(tenths, (tenth) => tenth / 21).sort();
        const threshold = thresholdAt(sorted, quantile);
        const reached = sorted.filter((score) => score >= threshold).length;
        expect(reached).toBeLessThanOrEqual((1 - quantile) * sorted.length + 1e-9);
      }),
    );
  });

  test('is reached by none of the rows where all score the same', () => {
    const sorted = new Float64Array(100).fill(0.5);
    expect(thresholdAt(sorted, 0.995)).toBeGreaterThan(0.5);
    expect(thresholdAt(sorted, 0.995)).toBeCloseTo(0.5, 12);
  });

  test('is reached by five of a thousand rows at its default', () => {
    const sorted = Float64Array.from({ length: 1_000 }, (_, i) => 0.3 + i / 10_000);
    const threshold = thresholdAt(sorted, 0.995);
    expect(sorted.filter((score) => score >= threshold)).toHaveLength(5);
  });
});

describe('median', () => {
  test.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[NaN, 7, NaN], 7],
    [[-0, 0], 0],
    [[1e308, 1.5e308], 1.25e308],
    [[NaN], NaN],
    [[], NaN],
  ])('of %p is %p', (values, median) => {
    expect(medianOf(Float64Array.from(values)) + 0).toBe(median);
  });

  test('and maximum are empirical quantiles', () => {
    const sorted = Float64Array.from([1, 2, 3, 4]);
    expect([0.25, 0.5, 0.75, 0.99, 1].map((share) => quantileOf(sorted, share))).toEqual([1, 2, 3, 4, 4]);
  });
});
