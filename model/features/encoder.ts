import type { ModelFeature } from '../model.js';
import { SCALED_LIMIT } from './scaling.js';
import { cosineOfTurns, sineOfTurns } from './turns.js';

/** What a slot of an encoded row holds. */
export const VALUE_SLOT = 0;
export const INDICATOR_SLOT = 1;

/** Turns a row of features into the numbers that an algorithm works on; training and scoring use the same one. */
export interface Encoder {
  /** Features of a row. */
  readonly width: number;
  /** Numbers of an encoded row. */
  readonly slots: number;
  /** By slot: the feature that it belongs to. */
  readonly featureOf: Uint16Array;
  /** By slot: {@link VALUE_SLOT} or {@link INDICATOR_SLOT}. */
  readonly kindOf: Uint8Array;
  /**
   * Encodes the row that starts at `from`, to `out` from index `at`.
   * @returns how many of its features are missing
   */
  encode(rows: Float64Array, from: number, out: Float64Array, at: number): number;
}

const IDENTITY = 0;
const STANDARD = 1;
const CYCLE = 2;

/** The encoder that features with their scaling ask for (scaling.ts says what each does). */
export function createEncoder(features: readonly ModelFeature[]): Encoder {
  const width = features.length;
  const kinds = new Uint8Array(width);
  const indicators = new Uint8Array(width);
  const offsets = new Float64Array(width);
  const factors = new Float64Array(width).fill(1);
  for (const [i, { scaling, median }] of features.entries()) {
    if (scaling?.indicator === true) indicators[i] = 1;
    if (scaling?.kind === 'standard') {
      kinds[i] = STANDARD;
      offsets[i] = scaling.mean;
      factors[i] = 1 / scaling.deviation;
    } else if (scaling?.kind === 'cycle') {
      kinds[i] = CYCLE;
      factors[i] = 1 / scaling.period;
    } else offsets[i] = median;
  }
  return { width, ...slotsOf(kinds, indicators), encode };

  function encode(rows: Float64Array, from: number, out: Float64Array, at: number): number {
    let missing = 0;
    for (let i = 0; i < width; i++) {
      const value = rows[from + i]!;
      const isMissing = value !== value;
      if (isMissing) missing++;
      const kind = kinds[i]!;
      if (kind === STANDARD) out[at++] = isMissing ? 0 : held((value - offsets[i]!) * factors[i]!);
      else if (kind === IDENTITY) out[at++] = isMissing ? offsets[i]! : value;
      else {
        const turns = isMissing ? NaN : value * factors[i]!;
        out[at++] = isMissing ? 0 : sineOfTurns(turns);
        out[at++] = isMissing ? 0 : cosineOfTurns(turns);
      }
      if (indicators[i] === 1) out[at++] = isMissing ? 1 : 0;
    }
    return missing;
  }
}

/** Whether a row of so many missing features has a score: at least half of them must be there. */
export function isScorable(missing: number, width: number): boolean {
  return missing * 2 <= width;
}

function slotsOf(kinds: Uint8Array, indicators: Uint8Array): Pick<Encoder, 'slots' | 'featureOf' | 'kindOf'> {
  const featureOf: number[] = [];
  const kindOf: number[] = [];
  for (const [feature, kind] of kinds.entries()) {
    featureOf.push(feature);
    kindOf.push(VALUE_SLOT);
    if (kind === CYCLE) {
      featureOf.push(feature);
      kindOf.push(VALUE_SLOT);
    }
    if (indicators[feature] === 0) continue;
    featureOf.push(feature);
    kindOf.push(INDICATOR_SLOT);
  }
  return { slots: featureOf.length, featureOf: Uint16Array.from(featureOf), kindOf: Uint8Array.from(kindOf) };
}

function held(scaled: number): number {
  if (scaled > SCALED_LIMIT) return SCALED_LIMIT;
  return scaled < -SCALED_LIMIT ? -SCALED_LIMIT : scaled;
}
