import { createEncoder, isScorable } from '../features/encoder.js';
import type { ModelFeature } from '../model.js';

/** Lays a row out as the trees were grown on it. */
export interface RowFiller {
  /** Features of a row. */
  readonly width: number;
  /** Numbers of a row that was laid out. */
  readonly slots: number;
  /** By slot: the feature that it belongs to. */
  readonly featureOf: Uint16Array;
  /**
   * Lays out the row that starts at `from`, to `out` from index `at`.
   * @returns whether at least half of the features were present
   */
  fill(rows: Float64Array, from: number, out: Float64Array, at: number): boolean;
}

/** The filler of a model's features: medians where values are missing, and indicators where it has any. */
export function rowFiller(features: readonly ModelFeature[]): RowFiller {
  if (features.every(({ scaling }) => scaling === undefined)) {
    return medianFiller(Float64Array.from(features, ({ median }) => median));
  }
  const { width, slots, featureOf, encode } = createEncoder(features);
  return { width, slots, featureOf, fill: (...args) => isScorable(encode(...args), width) };
}

/** One number a feature: its value, or its median where it is missing. */
export function medianFiller(medians: Float64Array): RowFiller {
  const width = medians.length;
  const featureOf = Uint16Array.from(medians, (_, feature) => feature);
  return { width, slots: width, featureOf, fill };

  function fill(rows: Float64Array, from: number, out: Float64Array, at: number): boolean {
    let missing = 0;
    for (let i = 0; i < width; i++) {
      const value = rows[from + i]!;
      if (value === value) {
        out[at + i] = value;
      } else {
        out[at + i] = medians[i]!;
        missing++;
      }
    }
    return isScorable(missing, width);
  }
}
