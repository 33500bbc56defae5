import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { powerOfTwoToMinus } from '../../../model/forest/exponential.js';
import { averagePathLength } from '../../../model/forest/path-length.js';
import { sampleIndices, uniformSource } from '../../../model/forest/random.js';

describe('average path length', () => {
  test.each([
    [0, 0],
    [1, 0],
    [2, 1],
    [3, 1.2073926],
    [256, 10.24477],
  ])('of %p rows is %p', (rows, length) => {
    expect(averagePathLength(rows)).toBeCloseTo(length, 5);
  });
});

describe('power of two', () => {
  test('agrees with Math.pow to the last two digits', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 40, noNaN: true }), (u) => {
        const exact = 2 ** -u;
        expect(Math.abs(powerOfTwoToMinus(u) - exact)).toBeLessThanOrEqual(2 * Number.EPSILON * exact);
      }),
      { numRuns: 2_000 },
    );
  });

  test('is exact at whole numbers', () => {
    expect([0, 1, 2, 10].map(powerOfTwoToMinus)).toEqual([1, 0.5, 0.25, 2 ** -10]);
  });
});

describe('seeded random numbers', () => {
  const draw = (...key: (string | number)[]): number[] => Array.from({ length: 3 }, uniformSource(...key));

  test('are the same on every platform', () => {
    expect(draw('pinned', 1)).toEqual(PINNED);
  });

  test('differ by key', () => {
    expect(draw('tree', 1)).not.toEqual(draw('tree', 2));
    expect(draw('tree', 12)).not.toEqual(draw('tree', 1, 2));
  });

  test('are uniform in [0, 1)', () => {
    const random = uniformSource('uniform');
    const tenths = new Uint32Array(10);
    for (let i = 0; i < 100_000; i++) tenths[Math.floor(10 * random())]!++;
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  test('choose distinct rows below the count, all of them where the sample is as large', () => {
    const sizes = fc.nat({ max: 60 }).chain((count) => fc.tuple(fc.constant(count), fc.nat({ max: count }), fc.nat()));
    fc.assert(
      fc.property(sizes, ([count, size, seed]) => {
        const chosen = sampleIndices(count, size, uniformSource(seed));
        expect(new Set(chosen).size).toBe(size);
        expect(chosen.every((index) => index >= 0 && index < count)).toBe(true);
      }),
    );
  });

  test('choose every row equally often', () => {
    const random = uniformSource('rows');
    const chosen = new Uint32Array(10);
    for (let i = 0; i < 20_000; i++) for (const index of sampleIndices(10, 3, random)) chosen[index]!++;
    for (const count of chosen) expect(Math.abs(count - 6_000)).toBeLessThan(400);
  });
});

/** The first draws of the key 'pinned', 1. */
const PINNED = [0.5987030148139585, 0.9020168591015963, 0.8029007420640716];
