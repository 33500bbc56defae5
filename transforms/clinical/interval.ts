import { ADULT_AGE_YEARS } from './thresholds.js';

/** The lowest and the highest total that the missing parameters leave possible; null where the score does not apply. */
export interface Interval {
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * An interval in one small integer, so that scoring a reading allocates nothing: low in bits 0-4, high in bits 5-9.
 * Intervals add like integers while the totals stay below 32. Negative where the score does not apply.
 */
export type PackedInterval = number;

export const NOT_APPLICABLE: PackedInterval = -1;

export function packInterval(low: number, high: number): PackedInterval {
  return low | (high << 5);
}

export function lowOf(packed: PackedInterval): number | null {
  return packed < 0 ? null : packed & 31;
}

export function highOf(packed: PackedInterval): number | null {
  return packed < 0 ? null : (packed >> 5) & 31;
}

export function unpackInterval(packed: PackedInterval): Interval {
  return { low: lowOf(packed), high: highOf(packed) };
}

/** Under 16, where adult scores do not apply; an unknown age counts as adult. */
export function isChild(age: number | null): boolean {
  return age !== null && age < ADULT_AGE_YEARS;
}
