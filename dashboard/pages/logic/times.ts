import { NO_VALUE } from './format.js';

const SECOND = 1_000;

/** How much of a time is written: a clock for what is of today, the day as well for what is not. */
export type TimePart = 'minute' | 'second' | 'full';

const OPTIONS: Readonly<Record<TimePart, Intl.DateTimeFormatOptions>> = {
  minute: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  second: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  full: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
};
const FORMATS = new Map<string, Intl.DateTimeFormat>();

/** A time in the viewer's zone (`zone` for tests). Null and unreadable times are missing. */
export function timeText(iso: string | number | null, part: TimePart = 'second', zone?: string): string {
  const time = epoch(iso);
  if (time === null) return NO_VALUE;
  const key = `${part}|${zone ?? ''}`;
  let format = FORMATS.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', { ...OPTIONS[part], ...(zone ? { timeZone: zone } : {}) });
    FORMATS.set(key, format);
  }
  return format.format(time);
}

/** The same time in UTC, for the title under the pointer. */
export function utcText(iso: string | number | null): string {
  const time = epoch(iso);
  return time === null ? '' : new Date(time).toISOString().replace('T', ' ').replace('.000Z', 'Z').replace('Z', ' UTC');
}

/** A duration: `0.42 s`, `7 s`, `3 min`, `2 h 5 min`, `4 d`. */
export function durationText(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return NO_VALUE;
  if (seconds < 0) return `−${durationText(-seconds)}`;
  if (seconds < 9.95) return `${seconds.toFixed(seconds < 0.995 ? 2 : 1)} s`;
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h${minutes % 60 ? ` ${minutes % 60} min` : ''}`;
  return `${Math.round(minutes / (24 * 60))} d`;
}

/** Seconds from one time to another; null where either is missing. */
export function secondsBetween(from: string | number | null, to: string | number | null): number | null {
  const [start, end] = [epoch(from), epoch(to)];
  return start === null || end === null ? null : (end - start) / SECOND;
}

/** Epoch milliseconds; null where there is no time, or none that can be read. */
export function epoch(iso: string | number | null | undefined): number | null {
  const time = typeof iso === 'string' ? Date.parse(iso) : (iso ?? NaN);
  return Number.isNaN(time) ? null : time;
}
