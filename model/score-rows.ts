import type { AnomalyModel } from './model.js';
import type { RowSource } from './row-source.js';

/** Rows that are laid out at once: what is copied at a time. */
const BLOCK_ROWS = 4_096;

/** Scores every row of a source, block by block; see AnomalyModel.score. */
export function scoreRows(source: RowSource, score: AnomalyModel['score']): Float64Array {
  const scores = new Float64Array(source.count);
  const rows = new Float64Array(Math.min(BLOCK_ROWS, source.count) * source.width);
  for (let from = 0; from < source.count; from += BLOCK_ROWS) {
    const count = Math.min(BLOCK_ROWS, source.count - from);
    for (let row = 0; row < count; row++) source.fill(from + row, rows, row * source.width);
    scores.set(score(rows, count), from);
  }
  return scores;
}
