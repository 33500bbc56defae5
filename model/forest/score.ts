import type { CompiledForest } from './compile.js';
import { powerOfTwoToMinus } from './exponential.js';
import type { RowFiller } from './fill.js';
import { BLOCK_ROWS, forestWalk, type ForestWalk } from './walk.js';

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
  const scorable = new Uint8Array(BLOCK_ROWS);
  // A model that is only looked at needs no memory to walk in.
  let walker: ForestWalk | null = null;
  return (rows, count) => {
    if (rows.length < count * width) throw new RangeError(`score: ${count} rows need ${count * width} values`);
    const scores = new Float64Array(count);
    const { rows: block, walk } = (walker ??= forestWalk(forest));
    for (let from = 0; from < count; from += BLOCK_ROWS) {
      const size = Math.min(BLOCK_ROWS, count - from);
      for (let j = 0; j < size; j++) {
        scorable[j] = fill(rows, (from + j) * width, block, j * slots) ? 1 : 0;
      }
      const lengths = walk(size);
      for (let j = 0; j < size; j++) {
        scores[from + j] = scorable[j] === 1 ? powerOfTwoToMinus(lengths[j]! / forest.scale) : NaN;
      }
    }
    return scores;
  };
}
