import type { GrownTree } from './grow.js';
import { averagePathLength } from './path-length.js';

/** Marks a leaf in {@link Trees.feature}. */
export const LEAF = -1;

/**
 * A forest as flat arrays, tree after tree, each tree breadth-first: what a model folder stores (docs/model-format.md).
 *
 * The children of a tree's k-th split (from 0, in node order) are its nodes 2k + 1 and 2k + 2, so there are no child
 * indices that could be wrong. Holds counts, thresholds drawn between values, and lengths: no training row.
 */
export interface Trees {
  /** Number of features of a row. */
  readonly features: number;
  /** Rows that each tree was grown on. */
  readonly sampleSize: number;
  readonly depthLimit: number;
  /** c(sampleSize): path lengths are divided by it. Stored, so that scoring needs no logarithm. */
  readonly normalizer: number;
  /** Nodes of each tree. */
  readonly nodes: Uint32Array;
  /** By node: the feature that it splits on, or {@link LEAF}. */
  readonly feature: Int32Array;
  /** By node: a split's threshold (less goes left); a leaf's path length, its depth plus c(count). */
  readonly value: Float64Array;
  /** By node: training rows that passed it. */
  readonly count: Uint32Array;
}

/** Flattens grown trees, all over samples of the same size. */
export function flattenTrees(
  grown: readonly GrownTree[],
  shape: { readonly features: number; readonly sampleSize: number; readonly depthLimit: number },
): Trees {
  const nodes = new Uint32Array(grown.length);
  const feature: number[] = [];
  const value: number[] = [];
  const count: number[] = [];
  for (const [k, tree] of grown.entries()) {
    const queue = [{ node: tree, depth: 0 }];
    for (const { node, depth } of queue) {
      const rows = rowsOf(node);
      count.push(rows);
      feature.push('rows' in node ? LEAF : node.feature);
      value.push('rows' in node ? depth + averagePathLength(rows) : node.threshold);
      if (!('rows' in node)) queue.push({ node: node.left, depth: depth + 1 }, { node: node.right, depth: depth + 1 });
    }
    nodes[k] = queue.length;
  }
  return {
    ...shape,
    normalizer: averagePathLength(shape.sampleSize),
    nodes,
    feature: Int32Array.from(feature),
    value: Float64Array.from(value),
    count: Uint32Array.from(count),
  };
}

function rowsOf(node: GrownTree): number {
  return 'rows' in node ? node.rows : rowsOf(node.left) + rowsOf(node.right);
}
