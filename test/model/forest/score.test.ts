import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compileForest } from '../../../model/forest/compile.js';
import { powerOfTwoToMinus } from '../../../model/forest/exponential.js';
import { medianFiller } from '../../../model/forest/fill.js';
import { growTree, type GrownTree } from '../../../model/forest/grow.js';
import { depthLimitOf } from '../../../model/forest/limits.js';
import { averagePathLength } from '../../../model/forest/path-length.js';
import { uniformSource } from '../../../model/forest/random.js';
import { forestScorer } from '../../../model/forest/score.js';
import { flattenTrees } from '../../../model/forest/trees.js';
import { anyRows, rowMajorOf } from './rows.js';

const TREES = 7;

function growForest(rows: number[][], seed: number): GrownTree[] {
  return Array.from({ length: TREES }, (_, tree) =>
    growTree(rows, depthLimitOf(rows.length), uniformSource(seed, tree)),
  );
}

function scorerOf(grown: GrownTree[], rows: number[][], medians: number[]) {
  const shape = { features: rows[0]!.length, sampleSize: rows.length, depthLimit: depthLimitOf(rows.length) };
  return forestScorer(compileForest(flattenTrees(grown, shape)), medianFiller(Float64Array.from(medians)));
}

function pathLength(tree: GrownTree, row: readonly number[], depth: number): number {
  if ('rows' in tree) return depth + averagePathLength(tree.rows);
  return pathLength(row[tree.feature]! < tree.threshold ? tree.left : tree.right, row, depth + 1);
}

describe('scoring', () => {
  test('walks every row as the grown trees do, on training rows, thresholds and anything else', () => {
    const strange = fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(Infinity, -Infinity, 0, -0, 7));
    fc.assert(
      fc.property(anyRows, fc.nat(), fc.array(strange, { minLength: 5, maxLength: 5 }), (rows, seed, values) => {
        const grown = growForest(rows, seed);
        const root = grown[0]!;
        const width = rows[0]!.length;
        const onThreshold = Array<number>(width).fill('rows' in root ? 0 : root.threshold);
        const asked = [...rows, values.slice(0, width), onThreshold];
        const scores = scorerOf(grown, rows, Array(width).fill(0))(rowMajorOf(asked), asked.length);
        const scale = TREES * averagePathLength(rows.length);
        const expected = asked.map((row) =>
          powerOfTwoToMinus(grown.reduce((sum, tree) => sum + pathLength(tree, row, 0), 0) / scale),
        );
        expect([...scores]).toEqual(expected);
      }),
    );
  });

  const rows = Array.from({ length: 700 }, (_, i) => [i % 31, (i * i) % 17, i / 7, i % 2]);
  const sample = rows.slice(0, 256);
  const score = scorerOf(growForest(sample, 1), sample, [15, 8, 50, 0.5]);

  test('of rows together is that of each row alone, at any count', () => {
    const together = score(rowMajorOf(rows), rows.length);
    const alone = rows.map((row) => score(Float64Array.from(row), 1)[0]!);
    expect([...together]).toEqual(alone);
    for (const count of [0, 1, 3, 4, 5, 255, 256, 257, 511]) {
      expect([...score(rowMajorOf(rows), count)]).toEqual(alone.slice(0, count));
    }
  });

  test('takes a missing value for the median', () => {
    const missing = score(Float64Array.from([3, NaN, NaN, 1]), 1)[0];
    expect(missing).toBe(score(Float64Array.from([3, 8, 50, 1]), 1)[0]);
  });

  test('has no score for a row with fewer than half of the features, and goes on with the next', () => {
    const two = Float64Array.from([NaN, NaN, NaN, 1, 3, NaN, NaN, 1]);
    expect(score(two, 2)[0]).toBeNaN();
    expect(score(two, 2)[1]).toBe(score(Float64Array.from([3, 8, 50, 1]), 1)[0]);
  });

  test('leaves its input as it was', () => {
    const input = Float64Array.from([3, NaN, 4, 1]);
    score(input, 1);
    expect([...input]).toEqual([3, NaN, 4, 1]);
  });

  test('refuses to read beyond the rows that it was given', () => {
    expect(() => score(new Float64Array(7), 2)).toThrow(RangeError);
  });
});
