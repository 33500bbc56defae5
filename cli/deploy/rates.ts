import { DEFAULT_LIMITS } from '../../pipeline/engines/micro-batch/options.js';
import { FIRING_SECONDS, MEASURED } from './measured.js';
import type { Workload } from './workload.js';

/** What a workload produces each second. */
export interface Rates {
  readonly readings: number;
  /** Batches that are committed. */
  readonly batches: number;
  /** Rows of gold: early panes, and one more when a window has closed. */
  readonly rows: Readonly<Record<GoldRows, number>>;
}

export type GoldRows = 'summary' | 'hourly' | 'alert' | 'wardAlert';

/** Rows of gold.ward_alerts_hourly in one firing: wards x rules x severities that change; a large hospital has so many. */
export const MOST_WARD_ROWS = 120;
const MINUTE = 60;
const HOUR = 3_600;

export function ratesOf(load: Workload): Rates {
  const readings = load.patients / load.intervalSeconds;
  // A patient who sends every ten minutes changes a pane every ten minutes, however often panes may fire.
  const every = (seconds: number) => Math.max(seconds, load.batchSeconds, load.intervalSeconds);
  const closing = (window: number) => 1 / Math.max(window, load.intervalSeconds);
  const perPatient = 1 / every(FIRING_SECONDS.summary) + closing(MINUTE);
  const hourly = 1 / every(FIRING_SECONDS.hourly) + closing(HOUR);
  const wards = Math.min(MOST_WARD_ROWS, readings * FIRING_SECONDS.summary * MEASURED.alertsPerReading);
  return {
    readings,
    // A batch ends when it is full, and one without a reading is none.
    batches: Math.min(readings, Math.max(1 / load.batchSeconds, readings / DEFAULT_LIMITS.messages)),
    rows: {
      summary: load.patients * perPatient,
      hourly: load.patients * MEASURED.vitalsPerPatient * hourly,
      alert: readings * MEASURED.alertsPerReading,
      wardAlert: wards / every(FIRING_SECONDS.summary),
    },
  };
}

/** Of all rows of gold together, so much a second. */
export function sumOfRows({ rows }: Rates, each: Readonly<Record<GoldRows, number>>): number {
  return (Object.keys(rows) as GoldRows[]).reduce((sum, key) => sum + rows[key] * each[key], 0);
}
