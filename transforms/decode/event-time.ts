import { civilToEpoch } from './civil-time.js';
import { offsetMinutes, timezoneOf } from './timezone.js';

/** A time that was read: epoch milliseconds and its repairs, or why it was refused. */
export interface TimeReading {
  /** Epoch milliseconds; NaN when refused. */
  readonly time: number;
  /** Repairs, in the order they were made. */
  readonly codes: readonly string[];
  readonly reason: 'DATE' | 'NO_TZ' | 'PRECISION' | null;
  readonly detail: string;
}

const MINUTE = 60_000;

/** Longer than any timestamp: nothing beyond it is looked at. */
const LONGEST_TIME = 64;

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(?: ?([Zz]|[+-]\d\d(?::?\d\d)?))?)?$/;
const EPOCH_DIGITS = /^\d{10}(?:\.\d+)?$|^\d{13}$|^\d{16}$|^\d{19}$/;

/**
 * Reads a time strictly: ISO 8601 with a zone, or a Unix epoch in seconds, ms, us or ns (10, 13, 16 or 19 digits, as a
 * number or in a string; so from 2001-09-09 to 2286-11-20). `Date.parse` is never used: it takes `x 2026` and moves
 * 30 February to March.
 *
 * Repairs: TIME_SECONDS, TIME_MICROS, TIME_NANOS (also for a fraction finer than the millisecond, which is cut off),
 * LEAP_SECOND (`:60`), HOUR_24 (`24:00`), TZ_ASSUMED. Refuses: DATE, NO_TZ, PRECISION.
 *
 * @param timezone IANA name or offset for times without a zone; null refuses them
 */
export function readTime(value: unknown, timezone: string | null): TimeReading {
  if (typeof value === 'number') return fromEpoch(value);
  if (typeof value !== 'string') {
    return refused('DATE', value === undefined || value === null ? 'no time' : 'the time is not a string or number');
  }
  const text = value.trim();
  if (text === '') return refused('DATE', 'no time');
  if (text.length > LONGEST_TIME) return refused('DATE', 'the time is too long');
  if (EPOCH_DIGITS.test(text)) return fromEpoch(Number(text));
  const match = ISO.exec(text);
  return match === null ? refused('DATE', 'the time is not ISO 8601') : fromIso(match, timezone);
}

function fromIso(match: RegExpExecArray, timezone: string | null): TimeReading {
  const [, year, month, day, hour, minute, second = '0', fraction = '', zone] = match;
  if (hour === undefined) {
    const real = !Number.isNaN(civilToEpoch(Number(year), Number(month), Number(day), 0, 0, 0, 0));
    return refused('DATE', real ? 'a date without a time' : 'no such date');
  }
  const millisecond = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const wallClock = civilToEpoch(
    Number(year),
    Number(month),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    millisecond,
  );
  if (Number.isNaN(wallClock)) return refused('DATE', 'no such date or time of day');
  const codes: string[] = [];
  if (second === '60') codes.push('LEAP_SECOND');
  if (hour === '24') codes.push('HOUR_24');
  if (fraction.length > 3) codes.push(fraction.length > 6 ? 'TIME_NANOS' : 'TIME_MICROS');
  return zone === undefined ? inAssumedZone(wallClock, timezone, codes) : inStatedZone(wallClock, zone, codes);
}

function inStatedZone(wallClock: number, zone: string, codes: string[]): TimeReading {
  const minutes = offsetMinutes(zone);
  return Number.isNaN(minutes)
    ? refused('DATE', 'no such UTC offset')
    : { time: wallClock - minutes * MINUTE, codes, reason: null, detail: '' };
}

function inAssumedZone(wallClock: number, timezone: string | null, codes: string[]): TimeReading {
  if (timezone === null) return refused('NO_TZ', 'the time has no zone');
  const time = timezoneOf(timezone)(wallClock);
  if (Number.isNaN(time)) return refused('NO_TZ', 'this local time is repeated or skipped by a change of clocks');
  codes.push('TZ_ASSUMED');
  return { time, codes, reason: null, detail: '' };
}

/** By magnitude: each unit owns the values with its own number of digits, so none is taken for another. */
function fromEpoch(value: number): TimeReading {
  if (Number.isNaN(value)) return refused('PRECISION', 'the time has too many digits');
  if (value >= 1e9 && value < 1e10) return scaled(value * 1e3, 'TIME_SECONDS');
  if (value >= 1e12 && value < 1e13) return scaled(value, null);
  if (value >= 1e15 && value < 1e16) return scaled(value / 1e3, 'TIME_MICROS');
  if (value >= 1e18 && value < 1e19) return scaled(value / 1e6, 'TIME_NANOS');
  return refused('DATE', 'a number that is no Unix time in s, ms, us or ns');
}

/** Cut to the millisecond, with room for the error of a binary fraction of seconds (1795245650.123 x 1000). */
function scaled(milliseconds: number, code: string | null): TimeReading {
  return { time: Math.floor(milliseconds + 1e-3), codes: code === null ? [] : [code], reason: null, detail: '' };
}

function refused(reason: 'DATE' | 'NO_TZ' | 'PRECISION', detail: string): TimeReading {
  return { time: NaN, codes: [], reason, detail };
}

/**
 * The quick way for the usual form, `YYYY-MM-DDTHH:MM:SS.mmmZ`.
 * @returns epoch milliseconds, or NaN when it is any other form or not valid: then {@link readTime} decides
 */
export function fastTime(text: string): number {
  if (
    text.length !== 24 ||
    text.charCodeAt(4) !== 45 ||
    text.charCodeAt(7) !== 45 ||
    text.charCodeAt(10) !== 84 ||
    text.charCodeAt(13) !== 58 ||
    text.charCodeAt(16) !== 58 ||
    text.charCodeAt(19) !== 46 ||
    text.charCodeAt(23) !== 90
  ) {
    return NaN;
  }
  const hour = twoDigits(text, 11);
  const second = twoDigits(text, 17);
  if (hour > 23 || second > 59) return NaN;
  const millisecond = twoDigits(text, 20) * 10 + digit(text, 22);
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  return civilToEpoch(year, twoDigits(text, 5), twoDigits(text, 8), hour, twoDigits(text, 14), second, millisecond);
}

function twoDigits(text: string, at: number): number {
  return digit(text, at) * 10 + digit(text, at + 1);
}

/** A digit's value; NaN for any other character, which then spoils the whole time. */
function digit(text: string, at: number): number {
  const code = text.charCodeAt(at) - 48;
  return code >= 0 && code <= 9 ? code : NaN;
}
