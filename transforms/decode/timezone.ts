import { ConfigurationError } from '../../schema/errors.js';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** The greatest UTC offset that any zone uses: +14:00 (Kiribati). */
export const LARGEST_OFFSET_MINUTES = 14 * 60;

/** Minutes east of UTC of `Z`, `+HH`, `+HHMM` or `+HH:MM`; NaN when it is none of these or beyond 14 hours. */
export function offsetMinutes(text: string): number {
  if (text === 'Z' || text === 'z') return 0;
  const match = /^([+-])(\d{2})(?::?(\d{2}))?$/.exec(text);
  if (match === null) return NaN;
  const minutes = Number(match[3] ?? '0');
  const total = Number(match[2]) * 60 + minutes;
  if (minutes > 59 || total > LARGEST_OFFSET_MINUTES) return NaN;
  return match[1] === '-' ? -total : total;
}

/** A zone for times that name none: wall-clock time as if it were UTC (ms) to epoch ms; NaN where it is not unique. */
export type Timezone = (wallClock: number) => number;

const zones = new Map<string, Timezone>();

/**
 * The zone of an IANA name (`Europe/Dublin`) or an offset (`+01:00`).
 * @throws ConfigurationError when there is no such zone
 */
export function timezoneOf(name: string): Timezone {
  let zone = zones.get(name);
  if (zone === undefined) {
    const minutes = offsetMinutes(name);
    zone = Number.isNaN(minutes) ? namedZone(name) : (wallClock) => wallClock - minutes * MINUTE;
    zones.set(name, zone);
  }
  return zone;
}

function namedZone(name: string): Timezone {
  const offsetAt = offsetFunction(name);
  let lastMinute = NaN;
  let lastOffset = NaN;
  return (wallClock) => {
    // Clocks change on whole minutes and readings come in order, so one remembered minute answers nearly all of them.
    const minute = Math.floor(wallClock / MINUTE);
    if (minute !== lastMinute) {
      lastOffset = uniqueOffset(offsetAt, wallClock);
      lastMinute = minute;
    }
    return wallClock - lastOffset;
  };
}

/** The one offset (ms) under which this wall-clock time exists; NaN in the hour that is repeated or skipped. */
function uniqueOffset(offsetAt: (epoch: number) => number, wallClock: number): number {
  const before = offsetAt(wallClock - DAY);
  const after = offsetAt(wallClock + DAY);
  const fits = [...new Set([before, after])].filter((offset) => offsetAt(wallClock - offset) === offset);
  return fits.length === 1 ? (fits[0] ?? NaN) : NaN;
}

function offsetFunction(name: string): (epoch: number) => number {
  const format = formatFor(name);
  return (epoch) => {
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(epoch)) part[type] = Number(value);
    const { year = NaN, month = NaN, day = NaN, hour = NaN, minute = NaN, second = NaN } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(epoch / 1000) * 1000;
  };
}

function formatFor(name: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    throw new ConfigurationError(
      '--timezone',
      `there is no time zone "${name}"`,
      'Give an IANA name such as Europe/Dublin, or an offset such as +01:00',
    );
  }
}
