import type { AlertRow } from '../../schema/tables/gold-alerts.js';
import type { PatientSummaryRow } from '../../schema/tables/gold-patient-summary.js';
import type { VitalsHourlyRow } from '../../schema/tables/gold-vitals-hourly.js';
import type { WardAlertsHourlyRow } from '../../schema/tables/gold-ward-alerts-hourly.js';
import type { SilverRow } from '../../schema/tables/silver-patient-vitals.js';
import type { ScoredReading } from '../../transforms/reading.js';
import { emptyPatientMinute, patientSummaryRow, summarize } from '../../transforms/summarize.js';
import { emptyVitalHour, trend, vitalsHourlyRow } from '../../transforms/trend.js';
import { countWardAlerts, emptyWardAlertHour, wardAlertsHourlyRow } from '../../transforms/ward-alerts.js';
import { counts, manifest } from '../query/fixture-lake.js';
import { bronzeRow } from '../query/fixture-rows.js';
import { currentOf, type LakeRows } from '../query/sound-lake.js';
import { driftRows } from './drift-rows.js';
import { randomAlerts, randomVersions } from './random-rows.js';

/** Batches that a hospital's rows come in: readings, then late ones and corrections, then withdrawals. */
const BATCHES = 3;

/**
 * Rows of a whole lake with about so many versions of readings, the same for a seed: nulls in every column that may have
 * them, corrections that empty a value or move a reading, withdrawals, alerts that come and go, panes of three batches.
 *
 * @param size rows of silver.patient_vitals
 */
export function hospitalRows(size: number, seed: number): LakeRows {
  const silver = randomVersions(size, seed);
  const alerts = randomAlerts(silver, seed);
  const gold = panes(silver, alerts);
  const bronze = Array.from({ length: BATCHES }, (_, index) => bronzeRow({ batch: index + 1 }));
  const manifests = manifest({ sequence: BATCHES });
  const recorded = { dead: [], alerts, ...gold, drift: driftRows(seed) };
  return { bronze, silver, ...recorded, totals: counts({}), manifest: manifests, sequence: BATCHES };
}

interface Gold {
  readonly summary: PatientSummaryRow[];
  readonly hourly: VitalsHourlyRow[];
  readonly wards: WardAlertsHourlyRow[];
}

/** A pane of every key after each batch that changed it; what no longer holds anything gets a pane of nothing. */
function panes(silver: readonly SilverRow[], alerts: readonly AlertRow[]): Gold {
  const gold: Gold = { summary: [], hourly: [], wards: [] };
  for (let batch = 1; batch <= BATCHES; batch += 1) {
    const readings = currentOf(silver.filter((row) => row.batch <= batch)) as unknown as ScoredReading[];
    const standing = standingAlerts(alerts.filter((row) => row.batch <= batch));
    // Files are not written in the order of their keys: the greatest key may stand in any of them.
    const key = `${String(batch).padStart(12, '0')}-000000`;
    fire(
      gold.summary,
      summarize(readings),
      summaryKey,
      (minute) => patientSummaryRow(minute, 'on_time', key, batch),
      (row) => patientSummaryRow(emptyPatientMinute(row.patient_id, row.window_start), 'late', key, batch),
    );
    fire(
      gold.hourly,
      trend(readings),
      hourKey,
      (hour) => vitalsHourlyRow(hour, 'on_time', key, batch),
      (row) =>
        vitalsHourlyRow(emptyVitalHour(row.patient_id, row.vital as never, row.window_start), 'late', key, batch),
    );
    fire(
      gold.wards,
      countWardAlerts(standing),
      wardKey,
      (hour) => wardAlertsHourlyRow(hour, 'on_time', key, batch),
      (row) =>
        wardAlertsHourlyRow(emptyWardAlertHour(row.ward, row.rule, row.severity, row.window_start), 'late', key, batch),
    );
  }
  return gold;
}

type Keyed = { readonly window_start: number };
const summaryKey = (row: Keyed & { readonly patient_id: string }) => `${row.patient_id}|${row.window_start}`;
const hourKey = (row: Keyed & { readonly patient_id: string; readonly vital: string }) =>
  `${row.patient_id}|${row.vital}|${row.window_start}`;
const wardKey = (row: Keyed & { readonly ward: string; readonly rule: string; readonly severity: string }) =>
  `${row.ward}|${row.rule}|${row.severity}|${row.window_start}`;

/** Adds to `panes` what differs from the latest pane of its key, and a pane of nothing for every key that is gone. */
function fire<A, R extends object>(
  panes: R[],
  held: readonly A[],
  keyOf: (row: A & R) => string,
  render: (accumulator: A) => R,
  withdraw: (latest: R) => R,
): void {
  const latest = new Map(panes.map((row) => [keyOf(row as A & R), row]));
  const keys = new Set(held.map((accumulator) => keyOf(accumulator as A & R)));
  const changed = held.filter((accumulator) => {
    const before = latest.get(keyOf(accumulator as A & R));
    return before === undefined || contentOf(before) !== contentOf(render(accumulator));
  });
  const gone = [...latest].filter(([key, row]) => !keys.has(key) && (row as { readonly n?: number }).n !== 0);
  for (const accumulator of changed) panes.push(render(accumulator));
  for (const [, row] of gone) panes.push(withdraw(row));
}

function contentOf(row: object): string {
  return JSON.stringify({ ...row, order_key: null, pane: null, batch: null });
}

function standingAlerts(alerts: readonly AlertRow[]): AlertRow[] {
  const latest = new Map<string, AlertRow>();
  for (const row of alerts) {
    const other = latest.get(row.alert_id);
    if (other === undefined || row.order_key > other.order_key) latest.set(row.alert_id, row);
  }
  return [...latest.values()].filter((row) => row.state === 'raised');
}
