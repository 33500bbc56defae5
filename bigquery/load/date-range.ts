import { ConfigurationError } from '../../schema/errors.js';

/** Days in UTC, both ends included; null for an open end. */
export interface DateRange {
  readonly from: string | null;
  readonly to: string | null;
}

/** @throws ConfigurationError for a text that is no date, and for a range that ends before it begins */
export function parseDateRange(from: string | undefined, to: string | undefined): DateRange {
  const range = { from: dateOf('--from', from), to: dateOf('--to', to) };
  if (range.from !== null && range.to !== null && range.from > range.to) {
    throw new ConfigurationError('--to', `${range.to} is before ${range.from}`, 'Give the later day as --to.');
  }
  return range;
}

export function inRange(date: string, { from, to }: DateRange): boolean {
  return (from === null || date >= from) && (to === null || date <= to);
}

function dateOf(flag: string, text: string | undefined): string | null {
  if (text === undefined) return null;
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
  // Date.parse rolls 30 February over into March.
  if (isDate && new Date(text).toISOString().startsWith(text)) return text;
  throw new ConfigurationError(flag, `${text} is no date`, 'Give a day in UTC, such as 2026-11-21.');
}
