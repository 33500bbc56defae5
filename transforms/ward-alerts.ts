import { register, type PCollection } from '../beam/index.js';
import type { Alert } from './alert.js';
import { apply, parDo, type Block, type Transform } from './block.js';
import { blocksByWindow, groupByBucket, intoWindows, type WindowedBlock } from './window.js';
import type { AlertRow } from '../schema/tables/gold-alerts.js';
import type { WardAlertsHourlyRow } from '../schema/tables/gold-ward-alerts-hourly.js';
import { utcDate } from './event-date.js';
import type { Pane } from './patient-summary-row.js';
import { ONE_HOUR, windowStart } from './window.js';

/** How many alerts stand for one ward, rule, severity and hour of event time. */
export interface WardAlertHour {
  readonly ward: string;
  readonly rule: string;
  readonly severity: string;
  /** Start of the hour, epoch milliseconds. */
  readonly window_start: number;
  n: number;
}

/** Stands for the ward of a reading that names none, with a patient whose record names none. */
export const UNKNOWN_WARD = 'unknown';

/** What a count reads of an alert. */
type Counted = Pick<AlertRow, 'state' | 'ward' | 'rule' | 'severity' | 'event_time'>;

/**
 * Counts alerts by ward, rule, severity and hour of event time.
 *
 * Stands after alert. In: alerts, the current row of each alert_id only; withdrawn ones are passed over. Out: one count
 * a key that has one. Delivery: pure; any partition and order of the same alerts merges to the same rows.
 */
export function countWardAlerts(alerts: readonly Counted[]): WardAlertHour[] {
  const counts = new Map<string, WardAlertHour>();
  for (const alert of alerts) {
    if (alert.state !== 'raised') continue;
    const start = windowStart(alert.event_time, ONE_HOUR);
    const ward = alert.ward ?? UNKNOWN_WARD;
    const key = `${start}|${alert.rule}|${alert.severity}|${ward}`;
    const count = counts.get(key);
    if (count === undefined) counts.set(key, emptyWardAlertHour(ward, alert.rule, alert.severity, start, 1));
    else count.n++;
  }
  return [...counts.values()];
}

/** A count of nothing (the neutral element of merging, and the pane of an hour whose alerts were withdrawn), or of `n`. */
export function emptyWardAlertHour(
  ward: string,
  rule: string,
  severity: string,
  windowStart: number,
  n = 0,
): WardAlertHour {
  return { ward, rule, severity, window_start: windowStart, n };
}

/** One count for what two of the same key hold; neither is changed. Both must be of different alerts: a merge adds. */
export function mergeWardAlertHours(a: WardAlertHour, b: WardAlertHour): WardAlertHour {
  return emptyWardAlertHour(a.ward, a.rule, a.severity, a.window_start, a.n + b.n);
}

/**
 * The row of gold.ward_alerts_hourly that a pane writes.
 * @param orderKey fixed width, unique, rising: the greatest of a key is the truth
 * @param batch sequence of the batch that fires the pane
 */
export function wardAlertsHourlyRow(
  count: WardAlertHour,
  pane: Pane,
  orderKey: string,
  batch: number,
): WardAlertsHourlyRow {
  return {
    ward: count.ward,
    rule: count.rule,
    severity: count.severity,
    window_start: count.window_start,
    order_key: orderKey,
    pane,
    n: count.n,
    batch,
    event_date: utcDate(count.window_start),
  };
}

/** Counts the alerts of a block inside its bundle. */
export class CountWardAlerts {
  *process(block: Block<Alert>): Generator<WindowedBlock<WardAlertHour>> {
    yield* blocksByWindow(countWardAlerts(block));
  }
}

/** Merges what several bundles have counted of the same hours. */
export class MergeWardAlerts {
  *process(group: { readonly value: Iterable<WindowedBlock<WardAlertHour>> }): Generator<Block<WardAlertHour>> {
    const merged = new Map<string, WardAlertHour>();
    for (const block of group.value) {
      for (const hour of block.rows) {
        const key = `${hour.rule}|${hour.severity}|${hour.ward}`;
        const known = merged.get(key);
        merged.set(key, known === undefined ? hour : mergeWardAlertHours(known, hour));
      }
    }
    yield [...merged.values()];
  }
}

/** {@link countWardAlerts} over blocks, merged by hour. */
export function wardAlertBlocks(): Transform<Block<Alert>, PCollection<Block<WardAlertHour>>> {
  return (input) => {
    const counted = apply(input, 'Combine', parDo(new CountWardAlerts()));
    return apply(groupByBucket(intoWindows(counted, ONE_HOUR)), 'Merge', parDo(new MergeWardAlerts()));
  };
}

register('transforms/ward-alerts', { CountWardAlerts, MergeWardAlerts });
