/** Years that a reading may carry: outside is a device clock that was never set, or a placeholder (row 63). */
export const FIRST_YEAR = 1900;
export const LAST_YEAR = 2299;

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Days of a month in the Gregorian calendar; 0 for a month that does not exist. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)) return 29;
  return DAYS_IN_MONTH[month - 1] ?? 0;
}

/**
 * Epoch milliseconds of a date and time of day, checked part by part: V8 would turn 30 February into 2 March.
 * Second 60 and hour 24 (at 24:00:00 exactly) are the caller's to flag; here they count on into the next minute or day.
 * @returns NaN when a part is out of its range
 */
export function civilToEpoch(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  millisecond: number,
): number {
  if (year < FIRST_YEAR || year > LAST_YEAR || day < 1 || day > daysInMonth(year, month)) return NaN;
  if (minute > 59 || second > 60 || hour > 24) return NaN;
  if (hour === 24 && (minute !== 0 || second !== 0 || millisecond !== 0)) return NaN;
  return Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
}
