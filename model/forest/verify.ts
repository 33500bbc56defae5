import { depthLimitOf, FEATURES_LIMITS, SAMPLE_SIZE_LIMITS, TREES_LIMITS } from './limits.js';
import { averagePathLength } from './path-length.js';
import { LEAF, type Trees } from './trees.js';

/** Path lengths are recomputed to this: logarithms may differ in their last digit. */
const TOLERANCE = 1e-9;

/**
 * What is wrong with a forest that was read from a file, as a phrase; null if nothing.
 *
 * A forest that passes can be compiled and scored: every tree is a tree within its depth limit, splits on features that
 * exist at finite thresholds, its counts add up from leaves to the sample, and its path lengths are those of its shape.
 */
export function findFault(trees: Trees): string | null {
  const { features, nodes, sampleSize, depthLimit, normalizer } = trees;
  if (!within(features, FEATURES_LIMITS)) return `${features} features`;
  if (!within(nodes.length, TREES_LIMITS)) return `${nodes.length} trees`;
  if (!within(sampleSize, SAMPLE_SIZE_LIMITS)) return `a sample size of ${sampleSize}`;
  if (depthLimit !== depthLimitOf(sampleSize)) return `a depth limit of ${depthLimit} with samples of ${sampleSize}`;
  if (!near(normalizer, averagePathLength(sampleSize))) return `a normalizer of ${normalizer}`;
  let start = 0;
  for (const [tree, count] of nodes.entries()) {
    const fault = start + count > trees.feature.length ? 'ends early' : findTreeFault(trees, start, count);
    if (fault !== null) return `tree ${tree} ${fault}`;
    start += count;
  }
  return start === trees.feature.length ? null : `${trees.feature.length - start} nodes belong to no tree`;
}

function findTreeFault(trees: Trees, start: number, nodes: number): string | null {
  if (nodes === 0 || trees.count[start] !== trees.sampleSize) return 'was not grown on a whole sample';
  const depths = new Uint8Array(nodes);
  let child = 1;
  for (let node = 0; node < nodes; node++) {
    const feature = trees.feature[start + node]!;
    const value = trees.value[start + node]!;
    const count = trees.count[start + node]!;
    const depth = depths[node]!;
    if (node > 0 && node >= child) return `has no way to node ${node}`;
    if (feature === LEAF) {
      if (!near(value, depth + averagePathLength(count))) return `has a wrong path length at node ${node}`;
      continue;
    }
    if (feature < 0 || feature >= trees.features) return `splits on feature ${feature}, which does not exist`;
    if (!Number.isFinite(value)) return `has no finite threshold at node ${node}`;
    if (depth === trees.depthLimit) return `is deeper than ${trees.depthLimit}`;
    if (child + 1 >= nodes) return `lacks the children of node ${node}`;
    const left = trees.count[start + child]!;
    const right = trees.count[start + child + 1]!;
    if (left === 0 || right === 0 || left + right !== count) return `has counts that do not add up at node ${node}`;
    depths[child++] = depth + 1;
    depths[child++] = depth + 1;
  }
  return child === nodes ? null : `has nodes that nothing leads to`;
}

function within(value: number, limits: { readonly least: number; readonly most: number }): boolean {
  return value >= limits.least && value <= limits.most;
}

function near(value: number, expected: number): boolean {
  return Math.abs(value - expected) <= TOLERANCE;
}
