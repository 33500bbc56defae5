import { ConfigurationError } from '../schema/errors.js';

const ISO_TIME = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/;

/**
 * Reads `2026-11-21T00:00:00Z`, or a date, which begins at midnight UTC.
 * @returns epoch ms
 * @throws ConfigurationError naming the flag, also for a time without a zone
 */
export function parseTime(flag: string, text: string): number {
  const time = ISO_TIME.test(text) ? Date.parse(text) : Number.NaN;
  const date = Date.parse(text.slice(0, 10));
  const exists = !Number.isNaN(date) && new Date(date).toISOString().startsWith(text.slice(0, 10));
  if (!Number.isNaN(time) && exists) return time;
  throw new ConfigurationError(flag, `"${text}" is not a time`, 'Use ISO 8601 with a zone, e.g. 2026-11-21T00:00:00Z.');
}

const UNITS: Readonly<Record<string, number>> = { '': 1000, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Reads `90`, `90s`, `15m`, `2h` or `1d`; without a unit it is seconds.
 * @returns milliseconds
 * @throws ConfigurationError naming the flag
 */
export function parseDuration(flag: string, text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(text) ?? [];
  const length = Math.round(Number(number) * (UNITS[unit ?? ''] ?? Number.NaN));
  if (length >= 1) return length;
  throw new ConfigurationError(flag, `"${text}" is not a length of time`, 'Use seconds, or e.g. 90s, 15m, 2h, 1d.');
}
