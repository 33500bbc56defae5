import type { AlertRow } from '../../schema/tables/gold-alerts.js';
import type { SilverRow } from '../../schema/tables/silver-patient-vitals.js';
import type { LakeRows } from '../query/sound-lake.js';
import { groupBy } from './group-by.js';
import { alarmsOf } from './oracle-alarms.js';
import { anomalyAlarmsOf } from './oracle-anomaly-alarms.js';
import { artefactsOf } from './oracle-artefacts.js';
import { carriedForward } from './oracle-carried.js';
import { latestDrift } from './oracle-drift.js';
import { sequenceResets } from './oracle-sequence.js';
import { datedVersions } from './oracle-versions.js';

/** A row of a view as a query gives it: times and dates as texts. */
export type ViewRow = Readonly<Record<string, unknown>>;

/**
 * What every view must answer, worked out from the rows of the tables in plain TypeScript: no SQL, and none of the
 * pipeline's own code except the NEWS2 chart.
 */
export function expectedViews(rows: LakeRows): ReadonlyMap<string, readonly ViewRow[]> {
  const risk = latestPanes(rows.summary, (row) => `${row.patient_id}|${row.window_start}`);
  const hours = latestPanes(rows.hourly, (row) => `${row.patient_id}|${row.vital}|${row.window_start}`);
  const wards = latestPanes(rows.wards, (row) => `${row.ward}|${row.rule}|${row.severity}|${row.window_start}`);
  const minutes = risk.filter((row) => row.n > 0).map((row) => riskRow(row, false));
  const alerts = latestPanes(rows.alerts, (row) => row.alert_id).filter((row) => row.state === 'raised');
  const current = currentVersions(rows.silver);
  return new Map<string, readonly ViewRow[]>([
    ['gold.current_alerts', alerts.map(cells)],
    ['gold.alert_episodes', episodes(alerts)],
    ['gold.alarms', alarmsOf(risk)],
    ['gold.anomaly_alarms', anomalyAlarmsOf(risk)],
    ['gold.vital_artefacts', artefactsOf(risk)],
    ['silver.current_patient_vitals', current.map(cells)],
    ['gold.model_drift_latest', latestDrift(rows.drift ?? []).map(cells)],
    ['silver.patient_vitals_versions', datedVersions(rows.silver).map(cells)],
    ['gold.sequence_resets', sequenceResets(current).map(cells)],
    ['gold.carried_forward_news2', carriedForward(current)],
    ['gold.patient_risk_scores', risk.map((row) => riskRow(row, true))],
    ['gold.patient_risk_by_minute', minutes],
    ['gold.patient_latest_risk', lastOf(minutes)],
    [
      'gold.vital_signs_hourly_trend',
      hours.map((row) => hourRow(row, { has_ward: row.ward !== null, sum_value: row.sum_value })),
    ],
    [
      'gold.vital_signs_hourly_average',
      hours.filter((row) => row.n > 0).map((row) => hourRow(row, { average_value: Number(row.sum_value) / row.n })),
    ],
    [
      'gold.ward_alert_counts',
      wards.map(({ event_date, ward, rule, severity, window_start, n }) =>
        cells({ event_date, ward, rule, severity, window_start, n }),
      ),
    ],
  ]);
}

/** Texts of the times among a row's values, as a query result holds them. */
function cells(row: object): ViewRow {
  const entries = Object.entries(row).map(([name, value]) => {
    const time =
      typeof value === 'number' &&
      (name.endsWith('_time') || name.startsWith('window_') || name.startsWith('known_') || name.endsWith('_at'));
    return [name, time ? new Date(value).toISOString() : value];
  });
  return Object.fromEntries(entries) as ViewRow;
}

function latestPanes<R extends { readonly order_key: string }>(panes: readonly R[], keyOf: (row: R) => string): R[] {
  const latest = new Map<string, R>();
  for (const row of panes) {
    const key = keyOf(row);
    if ((latest.get(key)?.order_key ?? '') < row.order_key) latest.set(key, row);
  }
  return [...latest.values()];
}

const VITALS = [
  'heart_rate',
  'respiratory_rate',
  'spo2',
  'systolic_bp',
  'diastolic_bp',
  'mean_bp',
  'temperature',
  'glucose',
];

/** A minute's risk; with what the materialized view says about which values are there. */
function riskRow(row: LakeRows['summary'][number], withPresence: boolean): ViewRow {
  const pane = row as unknown as Record<string, unknown>;
  const { event_date, patient_id, window_start, n, ward, news2_low, news2_high, news2_missing, risk_band } = row;
  const scores = { news2_low, news2_high, news2_missing, risk_band };
  const { anomaly_score, anomaly_top, anomaly_n } = row;
  const presence = {
    has_ward: ward !== null,
    has_news2: news2_low !== null,
    has_news2_missing: news2_missing !== null,
    has_anomaly_score: anomaly_score !== null,
    has_anomaly_top: anomaly_top !== null,
    ...Object.fromEntries(VITALS.map((vital) => [`${vital}_n`, pane[`${vital}_n`]])),
  };
  return cells({
    ...{ event_date, patient_id, window_start, n, ward, ...scores, anomaly_score, anomaly_top, anomaly_n },
    ...Object.fromEntries(VITALS.map((vital) => [vital, pane[`${vital}_last`]])),
    ...(withPresence ? presence : {}),
  });
}

function hourRow(row: LakeRows['hourly'][number], more: object): ViewRow {
  const { event_date, patient_id, vital, window_start, n, ward, min_value, max_value, last_event_time } = row;
  return cells({
    event_date,
    patient_id,
    vital,
    window_start,
    n,
    ward,
    min_value,
    max_value,
    last_event_time,
    ...more,
  });
}

function lastOf(minutes: readonly ViewRow[]): readonly ViewRow[] {
  const last = new Map<unknown, ViewRow>();
  for (const row of minutes) {
    const known = last.get(row['patient_id']);
    if (known === undefined || String(known['window_start']) < String(row['window_start']))
      last.set(row['patient_id'], row);
  }
  return [...last.values()];
}

const RANK: Readonly<Record<string, number>> = { final: 0, corrected: 1, 'entered-in-error': 2 };

function currentVersions(silver: readonly SilverRow[]): SilverRow[] {
  const groups = groupBy(silver, (row) => row.reading_id);
  const order = (a: SilverRow, b: SilverRow) =>
    (RANK[b.status] ?? 0) - (RANK[a.status] ?? 0) ||
    (b.sent_time ?? -Infinity) - (a.sent_time ?? -Infinity) ||
    (a.content_hash < b.content_hash ? 1 : -1);
  // A difference of two infinities is not a number, which is as good as equal here.
  return [...groups.values()].map((versions) => versions.sort(order)[0] as SilverRow);
}

const EPISODE_PAUSE = 15 * 60_000;

function episodes(alerts: readonly AlertRow[]): ViewRow[] {
  const groups = groupBy(alerts, (row) => `${row.patient_id}|${row.rule}`);
  return [...groups.values()].flatMap((group) => {
    const sorted = group.sort((a, b) => a.event_time - b.event_time || (a.alert_id < b.alert_id ? -1 : 1));
    const found: AlertRow[][] = [];
    for (const row of sorted) {
      const before = found.at(-1)?.at(-1);
      if (before !== undefined && row.event_time - before.event_time <= EPISODE_PAUSE) found.at(-1)?.push(row);
      else found.push([row]);
    }
    return found.map((episode, index) => episodeRow(episode, index + 1));
  });
}

function episodeRow(alerts: readonly AlertRow[], episode: number): ViewRow {
  const [first, last] = [alerts[0] as AlertRow, alerts.at(-1) as AlertRow];
  const worst = (['critical', 'urgent'] as const).find((severity) => alerts.some((row) => row.severity === severity));
  return cells({
    patient_id: first.patient_id,
    rule: first.rule,
    episode,
    event_date: first.event_date,
    started_at: first.event_time,
    ended_at: last.event_time,
    duration_seconds: (last.event_time - first.event_time) / 1000,
    alerts: alerts.length,
    severity: worst ?? 'warning',
    ward: last.ward,
  });
}
