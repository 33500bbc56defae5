import { describe, expect, test } from '@jest/globals';

import { Random, weightedChoice } from '../../simulator/random.js';

function draws(random: Random, count: number): number[] {
  return Array.from({ length: count }, () => random.uint32());
}

const PINNED = [987245738, 3341726840, 1940736257];

describe('random', () => {
  test('the same key gives the same numbers', () => {
    expect(draws(new Random('42', 7, 'phase'), 100)).toEqual(draws(new Random('42', 7, 'phase'), 100));
  });

  test('keys that differ in one part give other numbers', () => {
    const first = draws(new Random('42', 7, 'phase'), 4);
    for (const key of [
      ['43', 7, 'phase'],
      ['42', 8, 'phase'],
      ['42', 7, 'network'],
      ['42', '7', 'phase'],
      ['4', '27', 'phase'],
    ]) {
      expect(draws(new Random(...key), 4)).not.toEqual(first);
    }
  });

  test('the first numbers of a stream never change, or every seed would give another hospital', () => {
    expect(draws(new Random('42', 1, 'test'), 3)).toEqual(PINNED);
  });

  test('uniform numbers fill (0, 1) evenly', () => {
    const random = new Random('uniform');
    const tenths = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) {
      const tenth = Math.floor(random.uniform() * 10);
      tenths[tenth] = (tenths[tenth] as number) + 1;
    }
    // Chi-square with 9 degrees of freedom is below 33.7 in all but 1 of 10,000.
    const chiSquare = tenths.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(33.7);
  });

  test('normal numbers have the moments and the tails of a normal', () => {
    const random = new Random('normal');
    const count = 400_000;
    const sums = [0, 0, 0, 0];
    const beyond = [0, 0, 0, 0];
    for (let i = 0; i < count; i++) {
      const x = random.normal();
      for (let power = 0; power < 4; power++) sums[power] = (sums[power] as number) + x ** (power + 1);
      [1, 2, 3, 3.5].forEach((limit, at) => {
        if (Math.abs(x) > limit) beyond[at] = (beyond[at] as number) + 1;
      });
    }
    const [mean, variance, skew, kurtosis] = sums.map((sum) => sum / count) as [number, number, number, number];
    expect(Math.abs(mean)).toBeLessThan(0.008);
    expect(Math.abs(variance - 1)).toBeLessThan(0.012);
    expect(Math.abs(skew)).toBeLessThan(0.025);
    expect(Math.abs(kurtosis - 3)).toBeLessThan(0.08);
    [0.3173, 0.0455, 0.0027, 0.000465].forEach((share, at) => {
      const spread = 5 * Math.sqrt((share * (1 - share)) / count);
      expect(Math.abs((beyond[at] as number) / count - share)).toBeLessThan(spread);
    });
  });

  test('an exponential has its mean', () => {
    const random = new Random('exponential');
    let sum = 0;
    for (let i = 0; i < 100_000; i++) sum += random.exponential(5);
    expect(sum / 100_000).toBeCloseTo(5, 0);
  });

  test('a weighted choice takes each item by its share of the weight', () => {
    const items = ['a', 'b', 'c'] as const;
    const weight = { a: 1, b: 0, c: 3 };
    const chosen = [0.01, 0.24, 0.26, 0.99].map((at) => weightedChoice(items, (item) => weight[item], at));
    expect(chosen).toEqual(['a', 'a', 'c', 'c']);
  });
});
