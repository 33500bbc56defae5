import type { CompiledForest } from './compile.js';
import { WALK } from './walk.generated.js';

/** Rows that are walked through one tree before the next: the rows and the tree stay in the fastest cache together. */
export const BLOCK_ROWS = 256;
const PAGE_BYTES = 65_536;
const NUMBER_BYTES = 8;
/** walk.wat: threshold and feature. */
const NODE_BYTES = 16;

type AddPathLengths = (
  ...[trees, slots, depth, nodes, paths, rows, rowBytes, count, lengths]: readonly number[]
) => void;

/** A forest in memory of its own, as walk.wat reads it: 24 bytes a slot of a tree, and room for a block of rows. */
export interface ForestWalk {
  /** A block of rows, row-major, for the caller to fill with anything but NaN. */
  readonly rows: Float64Array;
  /**
   * Sums up the path lengths of the first rows through all trees, {@link BLOCK_ROWS} at most.
   * @returns one sum a row, until the next call
   */
  walk(count: number): Float64Array;
}

let compiled: WebAssembly.Module | null = null;

/** Lays a forest out and gets it ready to walk. */
export function forestWalk(forest: CompiledForest): ForestWalk {
  const { trees, features, depth, slots, feature, threshold, path } = forest;
  const rowBytes = features * NUMBER_BYTES;
  const lengthsAt = BLOCK_ROWS * rowBytes;
  const nodesAt = lengthsAt + BLOCK_ROWS * NUMBER_BYTES;
  const pathsAt = nodesAt + trees * slots * NODE_BYTES;
  const bytes = pathsAt + trees * slots * NUMBER_BYTES;
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) });
  const thresholds = new Float64Array(memory.buffer, nodesAt, 2 * trees * slots);
  const offsets = new Int32Array(memory.buffer, nodesAt, 4 * trees * slots);
  for (let node = 0; node < threshold.length; node++) {
    thresholds[2 * node] = threshold[node]!;
    offsets[4 * node + 2] = feature[node]! * NUMBER_BYTES;
  }
  new Float64Array(memory.buffer, pathsAt, path.length).set(path);
  const rows = new Float64Array(memory.buffer, 0, BLOCK_ROWS * features);
  const lengths = new Float64Array(memory.buffer, lengthsAt, BLOCK_ROWS);
  compiled ??= new WebAssembly.Module(Buffer.from(WALK, 'base64'));
  const { exports } = new WebAssembly.Instance(compiled, { forest: { memory } });
  const addPathLengths = exports['addPathLengths'] as AddPathLengths;
  const walk = (count: number): Float64Array => {
    lengths.fill(0);
    if (count > 0) addPathLengths(trees, slots, depth, nodesAt, pathsAt, 0, rowBytes, count, lengthsAt);
    return lengths;
  };
  return { rows, walk };
}
