import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  countWardAlerts,
  emptyWardAlertHour,
  mergeWardAlertHours,
  wardAlertsHourlyRow,
  type WardAlertHour,
} from '../../transforms/ward-alerts.js';
import { NOON } from './a-reading.js';

const HOUR = 3_600_000;

function alert(differs: Partial<Parameters<typeof countWardAlerts>[0][number]> = {}) {
  return { state: 'raised', ward: 'ICU', rule: 'asystole', severity: 'critical', event_time: NOON, ...differs };
}

describe('countWardAlerts', () => {
  test('counts by ward, rule, severity and hour', () => {
    const alerts = [
      alert(),
      alert({ event_time: NOON + HOUR - 1 }),
      alert({ event_time: NOON + HOUR }),
      alert({ ward: 'B' }),
      alert({ rule: 'other' }),
      alert({ severity: 'urgent' }),
    ];
    expect(countWardAlerts(alerts).map((count) => count.n)).toEqual([2, 1, 1, 1, 1]);
  });

  test('an alert of no ward counts for unknown', () => {
    expect(countWardAlerts([alert({ ward: null })])[0]?.ward).toBe('unknown');
  });

  test('a withdrawn alert does not stand', () => {
    expect(countWardAlerts([alert({ state: 'withdrawn' })])).toEqual([]);
  });

  test('a count becomes a row of its hour', () => {
    const [count] = countWardAlerts([alert({ event_time: NOON + 5 })]);
    expect(wardAlertsHourlyRow(count as WardAlertHour, 'late', '0009', 4)).toEqual({
      ward: 'ICU',
      rule: 'asystole',
      severity: 'critical',
      window_start: NOON,
      order_key: '0009',
      pane: 'late',
      n: 1,
      batch: 4,
      event_date: '2026-11-21',
    });
  });

  test('any partition and order of the same alerts gives the same counts', () => {
    const someAlerts = fc.array(
      fc.record({
        state: fc.constantFrom('raised', 'withdrawn'),
        ward: fc.constantFrom('A', 'B', null),
        rule: fc.constantFrom('x', 'y'),
        severity: fc.constantFrom('warning', 'urgent'),
        event_time: fc.constantFrom(NOON, NOON + HOUR),
      }),
    );
    const key = (count: WardAlertHour) => [count.ward, count.rule, count.severity, count.window_start].join('|');
    fc.assert(
      fc.property(someAlerts, fc.array(fc.boolean(), { minLength: 100, maxLength: 100 }), (alerts, left) => {
        const merged = new Map<string, WardAlertHour>();
        const parts = [alerts.filter((_, i) => left[i]).reverse(), alerts.filter((_, i) => !left[i])];
        for (const count of parts.flatMap((part) => countWardAlerts(part))) {
          const { ward, rule, severity, window_start } = count;
          const known = merged.get(key(count)) ?? emptyWardAlertHour(ward, rule, severity, window_start);
          merged.set(key(count), mergeWardAlertHours(count, known));
        }
        const whole = new Map(countWardAlerts(alerts).map((count) => [key(count), count]));
        expect(new Map([...merged].sort())).toEqual(new Map([...whole].sort()));
      }),
    );
  });
});
