import type { Severity, WardHourAlerts } from '../../api.js';
import { epoch } from './times.js';

const HOUR = 3_600_000;

export interface HeatCell {
  readonly total: number;
  readonly bySeverity: Readonly<Record<Severity, number>>;
}

/** Alerts by ward (rows) and hour (columns, oldest first, every hour there). */
export interface HeatGrid {
  readonly hours: readonly number[];
  readonly rows: readonly { readonly ward: string; readonly cells: readonly HeatCell[]; readonly total: number }[];
  readonly most: number;
}

/** The last 24 hours up to `time` (epoch ms), for `wards` in their order and any other that raised an alert. */
export function heatGrid(alerts: readonly WardHourAlerts[], wards: readonly string[], time: number): HeatGrid {
  const last = Math.floor(time / HOUR) * HOUR;
  const hours = Array.from({ length: 24 }, (_, index) => last - (23 - index) * HOUR);
  const names = [...new Set([...wards, ...alerts.map((entry) => entry.ward)])];
  const rows = names.map((ward) => {
    const own = alerts.filter((entry) => entry.ward === ward);
    const cells = hours.map((hour) => cell(own.filter((entry) => epoch(entry.hour) === hour)));
    return { ward, cells, total: cells.reduce((sum, { total }) => sum + total, 0) };
  });
  return { hours, rows, most: Math.max(0, ...rows.flatMap((row) => row.cells.map(({ total }) => total))) };
}

function cell(entries: readonly WardHourAlerts[]): HeatCell {
  const bySeverity = { critical: 0, urgent: 0, warning: 0 };
  for (const entry of entries) bySeverity[entry.severity] += entry.alerts;
  return { total: bySeverity.critical + bySeverity.urgent + bySeverity.warning, bySeverity };
}

/** Shade of a count from 0 (none) to 5 (the most): by the root, so that a ward with few still shows. */
export function heatLevel(count: number, most: number): number {
  return count === 0 || most === 0 ? 0 : Math.max(1, Math.ceil(Math.sqrt(count / most) * 5));
}
