import { describe, expect, test } from '@jest/globals';
import { freshness, retryDelay, STALE_AFTER_MS, type Feed } from '../../../dashboard/pages/logic/freshness.js';
import {
  bytesText,
  compactText,
  intervalText,
  numberText,
  placeText,
  wordsText,
} from '../../../dashboard/pages/logic/format.js';
import { heatGrid, heatLevel } from '../../../dashboard/pages/logic/heat.js';
import { inNormal, lonePoints, sharesOf, sparkPath, valueRange } from '../../../dashboard/pages/logic/shapes.js';
import { durationText, timeText, utcText } from '../../../dashboard/pages/logic/times.js';
import { CLOSEST_MS, rangeOfKey, WIDEST_MS, zoomed } from '../../../dashboard/pages/logic/zoom.js';
import { fakeHospital } from './fake-hospital.js';

const NOW = Date.parse('2026-11-21T12:00:00Z');

describe('freshness', () => {
  const feed: Feed = { snapshotOf: null, asOf: null, connected: true, retryAt: null, committedAt: NOW };
  test.each([
    [{}, 0, 'live'],
    [{}, STALE_AFTER_MS, 'live'],
    [{}, STALE_AFTER_MS + 1, 'stale'],
    [{ committedAt: null }, 0, 'waiting'],
    [{ asOf: NOW - 1 }, 0, 'past'],
    [{ connected: false, retryAt: NOW + 3_000 }, 0, 'lost'],
    [{ connected: false, retryAt: NOW + 3_000, asOf: NOW }, 0, 'lost'],
    [{ snapshotOf: NOW }, 1e9, 'snapshot'],
  ] as const)('%j after %i ms is %s', (change, age, state) => {
    expect(freshness({ ...feed, ...change }, NOW + age).state).toBe(state);
  });

  test('what is stale says since when', () => {
    expect(freshness(feed, NOW + 60_000).detail).toMatch(/^no commit since \d\d:\d\d:00 \(1 min\)$/);
  });

  test('retries wait twice as long each time, up to 30 seconds, and never all at once', () => {
    expect([0, 1, 2, 20].map((attempt) => retryDelay(attempt, 1))).toEqual([500, 1_000, 2_000, 30_000]);
    expect(retryDelay(3, 0)).toBe(retryDelay(3, 1) / 2);
  });
});

describe('texts', () => {
  test('a missing value is never a zero', () => {
    expect([numberText(null), numberText(undefined), numberText(NaN), intervalText(null, 3)]).toEqual([
      '–',
      '–',
      '–',
      '–',
    ]);
    expect(intervalText(3, 6)).toBe('3–6');
  });

  test('numbers, bytes and durations are short', () => {
    expect([999, 9_940, 9_999, 12_345, 999_600].map(compactText)).toEqual(['999', '9.9k', '10k', '12k', '1.0M']);
    expect([0, 1_023, 1_024, 5_242_880].map(bytesText)).toEqual(['0 B', '1,023 B', '1.0 KiB', '5.0 MiB']);
    expect([0.34, 7.2, 59.6, 3_900, 172_800, -2].map(durationText)).toEqual([
      '0.34 s',
      '7.2 s',
      '1 min',
      '1 h 5 min',
      '2 d',
      '−2.0 s',
    ]);
  });

  test('a time is shown in the zone of the viewer, and in UTC under the pointer', () => {
    expect(timeText('2026-11-21T23:30:05Z', 'second', 'Europe/Berlin')).toBe('00:30:05');
    expect(utcText('2026-11-21T23:30:05.000Z')).toBe('2026-11-21 23:30:05 UTC');
    expect([timeText(null), utcText('nonsense')]).toEqual(['–', '']);
  });

  test('codes are words, and a bed does not repeat its ward', () => {
    expect(wordsText('severe_hypoglycaemia')).toBe('severe hypoglycaemia');
    expect(wordsText('news2_high')).toBe('NEWS2 high');
    expect([placeText('ICU', 'ICU-07', ''), placeText('ICU', '7', ''), placeText(null, null, 'no bed')]).toEqual([
      'ICU-07',
      'ICU 7',
      'no bed',
    ]);
  });
});

describe('shapes', () => {
  test('a sparkline breaks at a gap and shows a lone point', () => {
    expect(sparkPath([0, 12, null, 6], 30, 10, [0, 12])).toBe('M0 10L10 0M30 5h1.5');
    expect(sparkPath([null, null], 30, 10, [0, 12])).toBe('');
  });

  test('points without a neighbour are found, because a line does not show them', () => {
    expect(lonePoints([1, null, 2, 3, null, 4])).toEqual([0, 5]);
  });

  test('the value axis is never narrower than its span, and keeps an edge of the normal band in sight', () => {
    const [low, high] = valueRange(97, 98, [96, 100], 10);
    expect(high - low).toBeGreaterThanOrEqual(10);
    expect(valueRange(140, 160, [51, 90], 50)[0]).toBeLessThanOrEqual(90);
    expect(valueRange(null, null, null, 5)).toEqual([0, 5]);
  });

  test('contributions are shares of their sum, the largest first', () => {
    expect(sharesOf({ a: 1, b: 3, c: 0 })).toEqual([
      { vital: 'b', value: 3, share: 0.75 },
      { vital: 'a', value: 1, share: 0.25 },
    ]);
  });

  test('the share of normal patients is counted by the middle of the bins', () => {
    const base = { vital: 'spo2', unit: '%', edges: [90, 92, 94, 96, 98], counts: [1, 2, 3, 4] } as const;
    expect(inNormal({ ...base, normal: [94, 98] })).toEqual({ patients: 10, normal: 7 });
    expect(inNormal({ ...base, normal: null })).toEqual({ patients: 10, normal: null });
  });
});

describe('alerts by ward and hour', () => {
  test('has every ward and each of 24 hours, and loses no alert', () => {
    const { alerts_by_ward_hour: alerts, wards } = fakeHospital(NOW);
    const grid = heatGrid(
      alerts,
      wards.map((tile) => tile.ward),
      NOW,
    );
    expect(grid.hours).toHaveLength(24);
    expect(grid.hours.at(-1)).toBe(NOW);
    expect(grid.rows.map((row) => row.ward)).toEqual(wards.map((tile) => tile.ward));
    const sum = grid.rows.reduce((total, row) => total + row.total, 0);
    expect(sum).toBe(alerts.reduce((total, { alerts: count }) => total + count, 0));
  });

  test('no alert has no shade, one alert has one, the most has the darkest', () => {
    expect([0, 1, 1_000].map((count) => heatLevel(count, 1_000))).toEqual([0, 1, 5]);
  });
});

describe('zoom', () => {
  const hour = { from: NOW - 3_600_000, to: NOW };
  test('keys pan by a quarter, zoom by two around the middle, and reset', () => {
    expect(rangeOfKey('ArrowLeft', hour)).toEqual({ from: hour.from - 900_000, to: hour.to - 900_000 });
    expect(rangeOfKey('+', hour)).toEqual({ from: hour.from + 900_000, to: hour.to - 900_000 });
    expect([rangeOfKey('0', hour), rangeOfKey('x', hour)]).toEqual(['reset', null]);
  });

  test('has a closest and a widest', () => {
    const width = ({ from, to }: { from: number; to: number }): number => to - from;
    expect(width(zoomed(hour, 0.001))).toBe(CLOSEST_MS);
    expect(width(zoomed(hour, 1e6))).toBe(WIDEST_MS);
  });
});
