import { isScorable, VALUE_SLOT, type Encoder } from '../features/encoder.js';
import { sampleIndices, uniformSource } from '../forest/random.js';
import { medianOf } from '../quantile.js';
import type { RowSource } from '../row-source.js';
import { refuseUnusable } from '../training-rows.js';
import type { Lessons } from './learn.js';
import type { ErrorJudge } from './neural-model.js';

/** More rows would teach a network of this size little, and cost memory. */
const LEARNED_ROWS = 20_000;

/** A feature that is always reconstructed exactly still has a typical error, so that no score divides by zero. */
const LEAST_TYPICAL_ERROR = 1e-6;

/** Rows that stand one after the other, each of `steps` steps of features. */
export interface CopiedRows {
  readonly count: number;
  readonly steps: number;
  readonly values: Float64Array;
}

/**
 * The rows that the model would score: of a reading at least half of the features, of a window that much in its last
 * step and in one before it.
 *
 * @param width features of a step
 * @throws ConfigurationError where there are fewer than two
 */
export function scorableRows(source: RowSource, width: number): Uint32Array {
  const rows = new Uint32Array(source.count);
  const values = new Float64Array(source.width);
  let usable = 0;
  for (let row = 0; row < source.count; row++) {
    source.fill(row, values, 0);
    if (isScorableRow(values, width)) rows[usable++] = row;
  }
  if (usable < 2) throw refuseUnusable(usable, source.count);
  return rows.subarray(0, usable);
}

function isScorableRow(values: Float64Array, width: number): boolean {
  let earlier = values.length === width;
  for (let from = 0; from < values.length; from += width) {
    let missing = 0;
    for (let i = from; i < from + width; i++) if (Number.isNaN(values[i])) missing++;
    const scorable = isScorable(missing, width);
    if (from + width === values.length) return earlier && scorable;
    earlier ||= scorable;
  }
  return false;
}

/** The rows to learn from, all of them or a seeded sample, in order. */
export function copyLessons(source: RowSource, usable: Uint32Array, width: number, seed: number): CopiedRows {
  const chosen =
    usable.length <= LEARNED_ROWS
      ? usable
      : Uint32Array.from(
          sampleIndices(usable.length, LEARNED_ROWS, uniformSource('lessons', seed)),
          (i) => usable[i]!,
        ).sort();
  const values = new Float64Array(chosen.length * source.width);
  chosen.forEach((row, i) => source.fill(row, values, i * source.width));
  return { count: chosen.length, steps: source.width / width, values };
}

/** Encodes rows as the network will see them: what it reads, what it shall say, and where that is not missing. */
export function encodeLessons({ count, steps, values }: CopiedRows, encoder: Encoder): Lessons {
  const { slots, width } = encoder;
  const read = Math.max(1, steps - 1);
  const inputs = new Float32Array(count * read * slots);
  const targets = new Float32Array(count * slots);
  const masks = new Float32Array(count * slots);
  const encoded = new Float64Array(slots);
  for (let row = 0; row < count; row++) {
    for (let step = 0; step < steps; step++) {
      encoder.encode(values, (row * steps + step) * width, encoded, 0);
      if (step < read) inputs.set(encoded, (row * read + step) * slots);
    }
    targets.set(encoded, row * slots);
    const last = (row * steps + steps - 1) * width;
    for (let slot = 0; slot < slots; slot++) {
      const isMissing = Number.isNaN(values[last + encoder.featureOf[slot]!]);
      masks[row * slots + slot] = isMissing && encoder.kindOf[slot] === VALUE_SLOT ? 0 : 1;
    }
  }
  return { count, slots, steps: read, inputs, targets, masks };
}

/** By feature: the median of its squared error over the rows that were learned from. */
export function typicalErrors({ count, steps, values }: CopiedRows, width: number, judge: ErrorJudge): Float64Array {
  const byFeature = Array.from({ length: width }, () => new Float64Array(count));
  for (let row = 0; row < count; row++) {
    const errors = new Float64Array(width);
    judge(values, row * steps * width, errors);
    byFeature.forEach((column, feature) => (column[row] = errors[feature]!));
  }
  return Float64Array.from(byFeature, (column) => Math.max(LEAST_TYPICAL_ERROR, medianOf(column)));
}
