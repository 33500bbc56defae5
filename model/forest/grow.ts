import { growLibraryTree, type LibraryNode } from './library.js';
import type { UniformSource } from './random.js';

/** A split: a row with `value < threshold` of the feature goes left, any other right. */
export interface Split {
  readonly feature: number;
  readonly threshold: number;
  readonly left: GrownTree;
  readonly right: GrownTree;
}

/** A leaf, and the number of training rows that ended there. The rows themselves are forgotten. */
export interface Leaf {
  readonly rows: number;
}

export type GrownTree = Split | Leaf;

type Rows = readonly (readonly number[])[];

/**
 * An isolation tree over a subsample, grown by ml-isolation-forest and cut to the published algorithm:
 *
 * - The library may draw a column that is constant in a node; its split then parts nothing, spends a level, and its
 *   threshold *is* a training value. Such splits are taken out.
 * - It counts those levels towards its depth limit, so it gives up early on repetitive data. Where a leaf's rows still
 *   differ above the limit, the library grows that leaf on.
 * - Its limit is one level deeper than ceil(log2(rows)). The tree is cut at `depthLimit`.
 *
 * What is left is distributed as Liu, Ting and Zhou (2008) have it: at every node a random column among those that
 * vary, and a uniform threshold between its least and greatest value.
 *
 * @param rows of finite values; any number, alike or not
 */
export function growTree(rows: Rows, depthLimit: number, random: UniformSource): GrownTree {
  const all = Array.from({ length: rows[0]?.length ?? 0 }, (_, column) => column);
  return grow(rows, all, 0);

  /** @param features for each column of `rows`, which feature it is */
  function grow(rows: Rows, features: readonly number[], depth: number): GrownTree {
    const varying = depth < depthLimit ? varyingColumns(rows) : [];
    if (varying.length === 0) return { rows: rows.length };
    const narrow = rows.map((row) => varying.map((column) => row[column]!));
    return adopt(
      growLibraryTree(narrow, random),
      varying.map((column) => features[column]!),
      depth,
    );
  }

  function adopt(node: LibraryNode, features: readonly number[], depth: number): GrownTree {
    if (node.left === undefined) return grow(node.trainingSet, features, depth);
    if (countRows(node.left) === 0) return adopt(node.right, features, depth);
    if (countRows(node.right) === 0) return adopt(node.left, features, depth);
    if (depth === depthLimit) return { rows: countRows(node) };
    return {
      feature: features[node.splitColumn]!,
      threshold: node.splitValue,
      left: adopt(node.left, features, depth + 1),
      right: adopt(node.right, features, depth + 1),
    };
  }
}

function varyingColumns(rows: Rows): number[] {
  const first = rows[0] ?? [];
  const varying: number[] = [];
  for (let column = 0; column < first.length; column++) {
    if (rows.some((row) => row[column] !== first[column])) varying.push(column);
  }
  return varying;
}

function countRows(node: LibraryNode): number {
  return node.left === undefined ? node.trainingSet.length : countRows(node.left) + countRows(node.right);
}
