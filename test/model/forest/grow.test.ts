import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { growTree, type GrownTree } from '../../../model/forest/grow.js';
import { growLibraryTree, type LibraryNode } from '../../../model/forest/library.js';
import { depthLimitOf } from '../../../model/forest/limits.js';
import { averagePathLength } from '../../../model/forest/path-length.js';
import { uniformSource } from '../../../model/forest/random.js';
import { anyRows } from './rows.js';

function normalRows(count: number, width: number): number[][] {
  const random = uniformSource('normal rows');
  return Array.from({ length: count }, () => Array.from({ length: width }, () => 60 + 100 * random() * random()));
}

function pathLength(tree: GrownTree, row: readonly number[], depth = 0): number {
  if ('rows' in tree) return depth + averagePathLength(tree.rows);
  return pathLength(row[tree.feature]! < tree.threshold ? tree.left : tree.right, row, depth + 1);
}

function rowsOf(node: LibraryNode): number {
  return node.left === undefined ? node.trainingSet.length : rowsOf(node.left) + rowsOf(node.right);
}

/** The library's own walk, with the right c(n), ending at the published depth limit. */
function libraryPathLength(node: LibraryNode, row: readonly number[], limit: number, depth = 0): number {
  if (node.left === undefined || depth === limit) return depth + averagePathLength(rowsOf(node));
  const next = row[node.splitColumn]! < node.splitValue ? node.left : node.right;
  return libraryPathLength(next, row, limit, depth + 1);
}

describe('a grown tree', () => {
  test('gives every row the path length of the tree that the library grew', () => {
    const rows = normalRows(256, 8);
    for (let seed = 0; seed < 20; seed++) {
      const tree = growTree(rows, 8, uniformSource(seed));
      const library = growLibraryTree(rows, uniformSource(seed));
      for (const row of rows) expect(pathLength(tree, row)).toBeCloseTo(libraryPathLength(library, row, 8), 12);
    }
  });

  test('parts its rows at every split, down to the limit or to rows that are alike', () => {
    fc.assert(
      fc.property(anyRows, fc.nat(), (rows, seed) => {
        const limit = depthLimitOf(rows.length);
        const check = (tree: GrownTree, here: number[][], depth: number): void => {
          expect(depth).toBeLessThanOrEqual(limit);
          if ('rows' in tree) {
            expect(tree.rows).toBe(here.length);
            const alike = here.every((row) => row.every((value, column) => value === here[0]![column]));
            expect(alike || depth === limit).toBe(true);
            return;
          }
          const goesLeft = (row: number[]): boolean => row[tree.feature]! < tree.threshold;
          const left = here.filter(goesLeft);
          expect(left.length).toBeGreaterThan(0);
          expect(left.length).toBeLessThan(here.length);
          check(tree.left, left, depth + 1);
          check(
            tree.right,
            here.filter((row) => !goesLeft(row)),
            depth + 1,
          );
        };
        check(growTree(rows, limit, uniformSource(seed)), rows, 0);
      }),
    );
  });

  test('never splits where rows are alike, and splits on the only column that varies', () => {
    expect(growTree(Array(256).fill([1, 2, 3]), 8, uniformSource(1))).toEqual({ rows: 256 });
    const rows = Array.from({ length: 64 }, (_, i) => [5, i, 5, 5, 5, 5, 5, 5]);
    const features = new Set<number>();
    const collect = (tree: GrownTree): void => {
      if ('rows' in tree) return;
      features.add(tree.feature);
      collect(tree.left);
      collect(tree.right);
    };
    collect(growTree(rows, 6, uniformSource(1)));
    expect([...features]).toEqual([1]);
  });

  test('is the same for the same seed, and another for another', () => {
    const rows = normalRows(100, 4);
    expect(growTree(rows, 7, uniformSource(5))).toEqual(growTree(rows, 7, uniformSource(5)));
    expect(growTree(rows, 7, uniformSource(5))).not.toEqual(growTree(rows, 7, uniformSource(6)));
  });
});

describe('the library, made deterministic', () => {
  test('draws from the source that it is given and leaves Math.random as it was', () => {
    const original = Math.random;
    growLibraryTree(normalRows(50, 3), uniformSource(1));
    expect(Math.random).toBe(original);
  });

  test('leaves Math.random as it was when training fails', () => {
    const original = Math.random;
    const failing = (): number => {
      throw new Error('no more numbers');
    };
    expect(() => growLibraryTree(normalRows(50, 3), failing)).toThrow('no more numbers');
    expect(Math.random).toBe(original);
  });
});
