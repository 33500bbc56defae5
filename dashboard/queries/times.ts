/** Milliseconds. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** Start of the minute that holds a time, epoch ms. */
export function minuteOf(epochMillis: number): number {
  return Math.floor(epochMillis / MINUTE) * MINUTE;
}
