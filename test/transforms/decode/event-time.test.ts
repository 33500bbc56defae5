import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fastTime, readTime } from '../../../transforms/decode/event-time.js';
import { offsetMinutes, timezoneOf } from '../../../transforms/decode/timezone.js';
import { ConfigurationError } from '../../../schema/errors.js';

const FIRST = Date.UTC(1900, 0, 1);
const LAST = Date.UTC(2299, 11, 31, 23, 59, 59, 999);

describe('fastTime', () => {
  test('it reads every instant from 1900 to 2299 in the usual form, as readTime does', () => {
    fc.assert(
      fc.property(fc.integer({ min: FIRST, max: LAST }), (time) => {
        const text = new Date(time).toISOString();
        expect(fastTime(text)).toBe(time);
        expect(readTime(text, null)).toEqual({ time, codes: [], reason: null, detail: '' });
      }),
    );
  });

  test('whatever it accepts, readTime accepts alike and without a repair', () => {
    const digits = fc.array(fc.constantFrom(...'0123456789'), { minLength: 17, maxLength: 17 });
    const shaped = digits.map((d) => {
      const n = d.join('');
      return `${n.slice(0, 4)}-${n.slice(4, 6)}-${n.slice(6, 8)}T${n.slice(8, 10)}:${n.slice(10, 12)}:${n.slice(12, 14)}.${n.slice(14)}Z`;
    });
    fc.assert(
      fc.property(shaped, (text) => {
        const time = fastTime(text);
        if (Number.isNaN(time)) return;
        expect(readTime(text, null)).toMatchObject({ time, codes: [] });
        expect(new Date(time).toISOString()).toBe(text);
      }),
    );
  });

  test.each(['2026-11-21T07:20:50.12aZ', '2026/11/21T07:20:50.123Z', '2026-11-21T07:20:50.123z', '', 'x'.repeat(24)])(
    'it leaves %j to readTime',
    (text) => {
      expect(fastTime(text)).toBeNaN();
    },
  );
});

describe('readTime', () => {
  test.each([
    ['2026-11-21T07:20:50Z', 0],
    ['2026-11-21t07:20:50z', 0],
    ['2026-11-21 07:20:50 +00:00', 0],
    ['2026-11-21T07:20:50,000Z', 0],
    ['2026-11-21T07:20:50.0Z', 0],
    ['2026-11-21T08:20:50+01', 0],
    ['2026-11-21T08:20:50+0100', 0],
    ['2026-11-20T21:20:50-10:00', 0],
    ['2026-11-21T21:20:50+14:00', 0],
    ['2026-11-21T07:20Z', -50_000],
  ])('%s is read', (text, difference) => {
    expect(readTime(text, null)).toMatchObject({ time: Date.UTC(2026, 10, 21, 7, 20, 50) + difference, reason: null });
  });

  test.each(['2026-11-21T07Z', '2026-1-21T07:20:50Z', '2026-11-21T07:20:50+14:01', '2026-11-21T07:20:50 EST', 'now'])(
    '%s is DATE',
    (text) => {
      expect(readTime(text, 'UTC')).toMatchObject({ reason: 'DATE' });
    },
  );

  test('it never throws and gives a time or a reason, whatever the value', () => {
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom(null, 'UTC', 'America/New_York'), (value, timezone) => {
        const { time, reason } = readTime(value, timezone);
        expect(Number.isNaN(time)).toBe(reason !== null);
      }),
    );
  });
});

describe('timezoneOf', () => {
  test('a name gives the wall-clock time of every instant back, where it is unique', () => {
    const zone = timezoneOf('Europe/Dublin');
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1980, 0, 1), max: Date.UTC(2100, 0, 1) }), (instant) => {
        const shown = new Intl.DateTimeFormat('sv-SE', {
          timeZone: 'Europe/Dublin',
          dateStyle: 'short',
          timeStyle: 'medium',
        }).format(instant);
        const wallClock = Date.parse(`${shown.replace(' ', 'T')}Z`) + (instant % 1000);
        const found = zone(wallClock);
        if (!Number.isNaN(found)) expect(found).toBe(instant);
      }),
    );
  });

  test('one zone remembers its last minute without mixing it up with another', () => {
    const newYork = timezoneOf('America/New_York');
    const summer = Date.UTC(2026, 6, 1, 12);
    const winter = Date.UTC(2026, 0, 1, 12);
    for (let round = 0; round < 2; round++) {
      expect(newYork(summer)).toBe(summer + 4 * 3_600_000);
      expect(newYork(winter)).toBe(winter + 5 * 3_600_000);
    }
  });

  test('a zone that does not exist names the flag, the value and the remedy', () => {
    expect(() => timezoneOf('Mars/Olympus')).toThrow(ConfigurationError);
    expect(() => timezoneOf('Mars/Olympus')).toThrow(/--timezone.*Mars\/Olympus.*Europe\/Dublin/);
  });

  test.each([
    ['Z', 0],
    ['+01:00', 60],
    ['-0530', -330],
    ['+14', 840],
    ['+15', NaN],
    ['1', NaN],
  ])('the offset %s is %d minutes', (text, minutes) => {
    expect(offsetMinutes(text)).toBe(minutes);
  });
});
