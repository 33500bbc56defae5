import { LEAF, type Trees } from './trees.js';

/**
 * A forest laid out for speed: every tree padded to a perfect binary tree of `depth` levels, numbered like a heap.
 *
 * Node 1 is the root, the children of i are 2i and 2i + 1, so that a step is a shift, a comparison and an addition, with
 * no child index to load and no leaf to test for. Below a leaf the padding repeats its path length; thresholds there
 * are NaN, which sends every row left.
 */
export interface CompiledForest {
  readonly trees: number;
  readonly features: number;
  /** Levels of splits; 1 also where no tree has any. */
  readonly depth: number;
  /** 2^depth: slots a tree in `feature`, `threshold` and `path`; `step` has twice as many. */
  readonly slots: number;
  /** At `tree * slots + node`. */
  readonly feature: Uint16Array;
  readonly threshold: Float64Array;
  /** At `tree * slots + node - slots`, for the nodes of the last level: the row's path length. */
  readonly path: Float64Array;
  /** At `2 * tree * slots + node`: by how much being sent to this node changes the expected path length. */
  readonly step: Float64Array;
  /** Sum over the trees of the expected path length at the root. */
  readonly expected: number;
  /** Number of trees times c(sample size): the sum of a row's path lengths over it is the exponent of its score. */
  readonly scale: number;
}

/** Lays a forest out; explanations get expectations over the training rows of each tree. */
export function compileForest(trees: Trees): CompiledForest {
  const places = heapPlaces(trees);
  const depth = places.reduce((deepest, place) => Math.max(deepest, depthOf(place)), 1);
  const slots = 2 ** depth;
  const count = trees.nodes.length;
  const feature = new Uint16Array(count * slots);
  const threshold = new Float64Array(count * slots).fill(NaN);
  const path = new Float64Array(count * slots);
  const step = new Float64Array(count * 2 * slots);
  let expected = 0;
  for (let tree = 0, start = 0; tree < count; start += trees.nodes[tree++]!) {
    const expectation = expectedLengths(trees, start, trees.nodes[tree]!);
    expected += expectation[0]!;
    for (let node = 0, child = 1; node < expectation.length; node++) {
      const place = places[start + node]!;
      if (trees.feature[start + node] === LEAF) {
        const below = 2 ** (depth - depthOf(place));
        const first = tree * slots + place * below - slots;
        path.fill(trees.value[start + node]!, first, first + below);
      } else {
        feature[tree * slots + place] = trees.feature[start + node]!;
        threshold[tree * slots + place] = trees.value[start + node]!;
        step[2 * (tree * slots + place)] = expectation[child++]! - expectation[node]!;
        step[2 * (tree * slots + place) + 1] = expectation[child++]! - expectation[node]!;
      }
    }
  }
  const scale = count * trees.normalizer;
  return { trees: count, features: trees.features, depth, slots, feature, threshold, path, step, expected, scale };
}

/** The heap number of every node of every tree: 1 at a root, 2i and 2i + 1 below i. */
function heapPlaces(trees: Trees): Uint32Array {
  const places = new Uint32Array(trees.feature.length);
  let start = 0;
  for (const nodes of trees.nodes) {
    places[start] = 1;
    for (let node = start, child = start + 1; node < start + nodes; node++) {
      if (trees.feature[node] === LEAF) continue;
      places[child++] = 2 * places[node]!;
      places[child++] = 2 * places[node]! + 1;
    }
    start += nodes;
  }
  return places;
}

function depthOf(place: number): number {
  return 31 - Math.clz32(place);
}

/** By node of one tree: the mean path length of the training rows that passed it. Children stand after their parent. */
function expectedLengths(trees: Trees, start: number, nodes: number): Float64Array {
  const expectation = new Float64Array(nodes);
  for (let node = nodes - 1, child = nodes - 1; node >= 0; node--) {
    if (trees.feature[start + node] === LEAF) {
      expectation[node] = trees.value[start + node]!;
    } else {
      const right = trees.count[start + child]! * expectation[child--]!;
      const left = trees.count[start + child]! * expectation[child--]!;
      expectation[node] = (left + right) / trees.count[start + node]!;
    }
  }
  return expectation;
}
