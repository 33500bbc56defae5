import { createHash } from 'node:crypto';
import { ConfigurationError } from '../schema/errors.js';
import type { FeatureName } from './features.js';
import type { Matrix } from './matrix.js';
import { medianOf } from './quantile.js';

/** The bits of NaN in a hash: engines may keep others in memory. */
const CANONICAL_NAN = 0x7ff80000_00000000n;
const HASH_CELLS = 8_192;

/**
 * The median of every column, over the rows that have it.
 * @throws ConfigurationError for a column without a value, with an infinite one, or too wide to split
 */
export function columnMedians(data: Matrix, features: readonly FeatureName[]): Float64Array {
  const values = new Float64Array(data.count);
  return Float64Array.from(features, ({ name }, column) => {
    let least = Infinity;
    let greatest = -Infinity;
    for (let row = 0; row < data.count; row++) {
      const value = (values[row] = data.cell(row, column));
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
    const refuse = (problem: string): ConfigurationError =>
      new ConfigurationError('--data', `column '${name}' ${problem}`, 'Mend it, or leave it out with --features.');
    if (least > greatest) throw refuse('has no value in any row');
    if (!Number.isFinite(greatest - least)) throw refuse('has an infinite value, or values too far apart to subtract');
    return medianOf(values);
  });
}

/**
 * The rows that have at least half of their features: those that the model would score, in order.
 * @throws ConfigurationError where there are fewer than two
 */
export function usableRows(data: Matrix): Uint32Array {
  const rows = new Uint32Array(data.count);
  let usable = 0;
  for (let row = 0; row < data.count; row++) {
    let missing = 0;
    for (let column = 0; column < data.width; column++) if (Number.isNaN(data.cell(row, column))) missing++;
    if (missing * 2 <= data.width) rows[usable++] = row;
  }
  if (usable < 2) throw refuseUnusable(usable, data.count);
  return rows.subarray(0, usable);
}

/** Two rows are the least that anything can be learned from. */
export function refuseUnusable(usable: number, count: number): ConfigurationError {
  const problem = `${usable} of ${count} rows have at least half of the features`;
  return new ConfigurationError('--data', problem, 'A model needs two such rows, and a useful one thousands.');
}

/** Hex SHA-256 of the values, row-major, as little-endian float64. */
export function hashRows(data: Matrix): string {
  const hash = createHash('sha256');
  const view = new DataView(new ArrayBuffer(8 * HASH_CELLS));
  let cells = 0;
  for (let row = 0; row < data.count; row++) {
    for (let column = 0; column < data.width; column++) {
      const value = data.cell(row, column);
      if (Number.isNaN(value)) view.setBigUint64(8 * cells, CANONICAL_NAN, true);
      else view.setFloat64(8 * cells, value, true);
      if (++cells < HASH_CELLS) continue;
      hash.update(view);
      cells = 0;
    }
  }
  return hash.update(new Uint8Array(view.buffer, 0, 8 * cells)).digest('hex');
}
