import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { criticalDistance, kolmogorovSmirnov } from '../../../model/drift/kolmogorov-smirnov.js';
import { countBins, describeFeature } from '../../../model/drift/reference.js';

/** The distance of two samples by its definition: the greatest difference of their distribution functions at any value. */
function byDefinition(a: readonly number[], b: readonly number[]): number {
  const share = (sample: readonly number[], x: number) => sample.filter((value) => value <= x).length / sample.length;
  return Math.max(...[...a, ...b].map((x) => Math.abs(share(a, x) - share(b, x))));
}

describe('the Kolmogorov-Smirnov distance', () => {
  test('of known samples is what one works out by hand', () => {
    // 1 2 3 4 against 3 4 5 6: before 3, half of the one and nothing of the other.
    const edges = [2, 3, 4, 5, 6];
    const [a, b] = [
      [1, 2, 3, 4],
      [3, 4, 5, 6],
    ].map((values) => [...countBins(Float64Array.from(values), edges)]);
    expect(kolmogorovSmirnov(a!, b!)).toBe(0.5);
    expect(kolmogorovSmirnov([10, 0], [0, 3])).toBe(1);
    expect(kolmogorovSmirnov([1, 2, 1], [100, 200, 100])).toBe(0);
  });

  test('is nothing where one side is empty', () => {
    expect(kolmogorovSmirnov([1, 1], [0, 0])).toBeNaN();
    expect(() => kolmogorovSmirnov([1], [1, 1])).toThrow(RangeError);
  });

  test('in bins is at most that of the values, and the same where every value has its bin', () => {
    const sample = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const distance = (edges: readonly number[]) =>
          kolmogorovSmirnov([...countBins(Float64Array.from(a), edges)], [...countBins(Float64Array.from(b), edges)]);
        const every = Array.from({ length: 30 }, (_, i) => i + 1);
        expect(distance(every)).toBeCloseTo(byDefinition(a, b), 12);
        expect(distance(describeFeature(Float64Array.from(a)).edges)).toBeLessThanOrEqual(byDefinition(a, b) + 1e-12);
      }),
      { seed: 8 },
    );
  });
});

describe('the critical distance', () => {
  test('is the published one: 1.358 / sqrt(n) at 5 %, and of two samples with n = ab / (a + b)', () => {
    expect(criticalDistance(Infinity, 100, 0.05)).toBeCloseTo(0.1358, 4);
    expect(criticalDistance(100, 50, 1e-3)).toBeCloseTo(0.33765890613625343, 12);
    expect(criticalDistance(50, 100, 1e-3)).toBe(criticalDistance(100, 50, 1e-3));
    expect(criticalDistance(100, 0, 1e-3)).toBe(Infinity);
  });
});
