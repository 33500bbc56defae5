import type { CompiledForest } from './compile.js';
import { powerOfTwoToMinus } from './exponential.js';
import type { RowFiller } from './fill.js';

/** Rows that are walked through one tree before the next: the rows and the tree stay in the fastest cache together. */
const BLOCK_ROWS = 256;

/** Scores `count` rows, row-major; see AnomalyModel.score. */
export type ForestScorer = (rows: Float64Array, count: number) => Float64Array;

/**
 * The scorer of a forest: 2^-(mean path length / c(sample size)), Liu, Ting and Zhou (2008).
 *
 * A row with fewer than half of its features scores NaN.
 *
 * @param filler what stands for a missing value
 */
export function forestScorer(forest: CompiledForest, { width, slots, fill }: RowFiller): ForestScorer {
  const block = new Float64Array(BLOCK_ROWS * slots);
  const scorable = new Uint8Array(BLOCK_ROWS);
  const lengths = new Float64Array(BLOCK_ROWS);
  return (rows, count) => {
    if (rows.length < count * width) throw new RangeError(`score: ${count} rows need ${count * width} values`);
    const scores = new Float64Array(count);
    for (let from = 0; from < count; from += BLOCK_ROWS) {
      const size = Math.min(BLOCK_ROWS, count - from);
      for (let j = 0; j < size; j++) {
        scorable[j] = fill(rows, (from + j) * width, block, j * slots) ? 1 : 0;
      }
      lengths.fill(0);
      addPathLengths(forest, block, size, lengths);
      for (let j = 0; j < size; j++) {
        scores[from + j] = scorable[j] === 1 ? powerOfTwoToMinus(lengths[j]! / forest.scale) : NaN;
      }
    }
    return scores;
  };
}

/**
 * Adds each row's path lengths through all trees to `lengths`, four rows at a time: rounds up to a multiple of four, so
 * `block` and `lengths` need room (and any finite values) for up to three more rows.
 *
 * The form was chosen by measuring. Why it wins was not looked at in machine code; presumably `+(a >= b)` needs no branch
 * that could be mispredicted, `| 0` keeps indices 32-bit, and four independent rows hide the latency of loads.
 * Layouts tried, microseconds a row at 100 trees, 256 samples, 8 features (Node 20, a shared and busy machine: good for
 * the order, not the digits). Best of 15 runs in one process: this 1.7; five rows at a time 1.7; eight 1.5 (but 2.5
 * against 1.9 in another process, so not worth its length); two 2.7; one 6.3; self-looping leaves in breadth-first
 * arrays, four rows, 2.3; thresholds replaced by ranks, whole-number comparison, four rows, 2.5; breadth-first, one row
 * until a leaf, 5.2. Median of 7 runs, with zero-based nodes: four rows 2.1, without `| 0` 3.1, with a conditional
 * instead of `+` (and without `| 0`) 6.0. bench/forest.mjs measures this one.
 */
function addPathLengths(forest: CompiledForest, block: Float64Array, count: number, lengths: Float64Array): void {
  const { trees, features: width, depth, slots, feature, threshold, path } = forest;
  for (let tree = 0; tree < trees; tree++) {
    const base = (tree * slots) | 0;
    const leaves = (base - slots) | 0;
    for (let j = 0; j < count; j = (j + 4) | 0) {
      const row0 = (j * width) | 0;
      const row1 = (row0 + width) | 0;
      const row2 = (row1 + width) | 0;
      const row3 = (row2 + width) | 0;
      let a = 1;
      let b = 1;
      let c = 1;
      let d = 1;
      for (let level = 0; level < depth; level = (level + 1) | 0) {
        const at0 = (base + a) | 0;
        const at1 = (base + b) | 0;
        const at2 = (base + c) | 0;
        const at3 = (base + d) | 0;
        a = ((a << 1) + +(block[(row0 + feature[at0]!) | 0]! >= threshold[at0]!)) | 0;
        b = ((b << 1) + +(block[(row1 + feature[at1]!) | 0]! >= threshold[at1]!)) | 0;
        c = ((c << 1) + +(block[(row2 + feature[at2]!) | 0]! >= threshold[at2]!)) | 0;
        d = ((d << 1) + +(block[(row3 + feature[at3]!) | 0]! >= threshold[at3]!)) | 0;
      }
      lengths[j] = lengths[j]! + path[(leaves + a) | 0]!;
      lengths[j + 1] = lengths[j + 1]! + path[(leaves + b) | 0]!;
      lengths[j + 2] = lengths[j + 2]! + path[(leaves + c) | 0]!;
      lengths[j + 3] = lengths[j + 3]! + path[(leaves + d) | 0]!;
    }
  }
}
