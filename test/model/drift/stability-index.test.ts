import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LEAST_SHARE, stabilityIndex } from '../../../model/drift/stability-index.js';

describe('the population stability index', () => {
  test('of known shares is what one works out by hand', () => {
    // (0.3 - 0.5) ln 0.6 + (0.7 - 0.5) ln 1.4
    expect(stabilityIndex([0.5, 0.5], [0.3, 0.7])).toBeCloseTo(0.16945957207744072, 12);
    // -0.1 ln (0.1 / 0.2) + 0.05 ln (0.25 / 0.2) - 0.05 ln (0.25 / 0.3) + 0.1 ln (0.4 / 0.3)
    expect(stabilityIndex([20, 20, 30, 30], [10, 25, 25, 40])).toBeCloseTo(0.11835618070658085, 12);
  });

  test('is zero for equal shares, whatever the counts', () => {
    expect(stabilityIndex([1, 2, 3], [100, 200, 300])).toBeCloseTo(0, 12);
  });

  test('takes an empty bin for a share of 0.0001, on either side', () => {
    const byHand = (0.5 - LEAST_SHARE) * Math.log(0.5 / LEAST_SHARE) + 0.5 * Math.log(2);
    expect(stabilityIndex([1, 1], [0, 2])).toBeCloseTo(byHand, 9);
    expect(stabilityIndex([0, 2], [1, 1])).toBeCloseTo(byHand, 9);
  });

  test('is nothing where there is nothing, and refuses bins that are not the same', () => {
    expect(stabilityIndex([1, 1], [0, 0])).toBeNaN();
    expect(stabilityIndex([0, 0], [1, 1])).toBeNaN();
    expect(() => stabilityIndex([1], [1, 1])).toThrow(RangeError);
  });

  test('is symmetric and never negative', () => {
    const bins = fc.array(fc.tuple(fc.nat(1_000), fc.nat(1_000)), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(bins, (pairs) => {
        const [a, b] = [pairs.map(([x]) => x + 1), pairs.map(([, y]) => y + 1)];
        expect(stabilityIndex(a, b)).toBeGreaterThanOrEqual(0);
        expect(stabilityIndex(a, b)).toBeCloseTo(stabilityIndex(b, a), 9);
      }),
      { seed: 8 },
    );
  });
});
