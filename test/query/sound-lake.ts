import type { BatchCounts, Manifest } from '../../lake/manifest.js';
import type { LakeSnapshot } from '../../lake/reader.js';
import type { AlertRow } from '../../schema/tables/gold-alerts.js';
import type { BronzeRow } from '../../schema/tables/bronze-patient-vitals.js';
import type { DeadLetterRow } from '../../schema/tables/silver-dead-letter.js';
import type { ModelDriftRow } from '../../schema/tables/gold-model-drift.js';
import type { PatientSummaryRow } from '../../schema/tables/gold-patient-summary.js';
import type { SilverRow } from '../../schema/tables/silver-patient-vitals.js';
import type { VitalsHourlyRow } from '../../schema/tables/gold-vitals-hourly.js';
import type { WardAlertsHourlyRow } from '../../schema/tables/gold-ward-alerts-hourly.js';
import type { ScoredReading } from '../../transforms/reading.js';
import { patientSummaryRow, summarize } from '../../transforms/summarize.js';
import { trend, vitalsHourlyRow } from '../../transforms/trend.js';
import { compareVersions } from '../../transforms/version-order.js';
import { countWardAlerts, wardAlertsHourlyRow } from '../../transforms/ward-alerts.js';
import { driftRows } from '../bigquery/drift-rows.js';
import { counts, fixtureLake, manifest } from './fixture-lake.js';
import { alertRow, at, bronzeRow, deadLetterRow, silverRow } from './fixture-rows.js';

/** The rows of a lake, to plant a fault in before the files are written. */
export interface LakeRows {
  bronze: BronzeRow[];
  silver: SilverRow[];
  dead: DeadLetterRow[];
  summary: PatientSummaryRow[];
  hourly: VitalsHourlyRow[];
  alerts: AlertRow[];
  wards: WardAlertsHourlyRow[];
  /** Recorded beside the batches. */
  drift?: ModelDriftRow[];
  totals: BatchCounts;
  manifest: Manifest;
  sequence: number;
}

export const ORDER_KEY = '000000000003-000000';

/** The current readings of these versions, by the order of transforms. */
export function currentOf(silver: readonly SilverRow[]): SilverRow[] {
  const winners = new Map<string, SilverRow>();
  for (const row of silver) {
    const other = winners.get(row.reading_id);
    if (other === undefined || compareVersions(row, other) > 0) winners.set(row.reading_id, row);
  }
  return [...winners.values()];
}

/** Gold as the pipeline's own transforms make it of these versions. */
export function goldOf(silver: readonly SilverRow[], alerts: readonly AlertRow[]) {
  const readings = currentOf(silver) as unknown as ScoredReading[];
  return {
    summary: summarize(readings).map((minute) => patientSummaryRow(minute, 'on_time', ORDER_KEY, 3)),
    hourly: trend(readings).map((hour) => vitalsHourlyRow(hour, 'on_time', ORDER_KEY, 3)),
    wards: countWardAlerts(alerts).map((hour) => wardAlertsHourlyRow(hour, 'on_time', ORDER_KEY, 3)),
  };
}

/** Three batches: readings of two patients, one corrected, one withdrawn, one alert, one rejected message. */
export function soundRows(): LakeRows {
  const reading = (reading_id: string, clock: string, more: Partial<SilverRow>) =>
    silverRow({ reading_id, event_time: at(clock), content_hash: `c-${reading_id}`, batch: 1, ...more });
  const silver = [
    reading('r1', '07:00:10', {
      heart_rate: 80,
      temperature: 36.81,
      news2_low: 2,
      news2_high: 5,
      news2_band_low: 'low',
    }),
    reading('r2', '07:00:20', { heart_rate: 82, temperature: 36.9, ward: 'B', anomaly_score: 0.7, is_anomaly: true }),
    reading('r3', '07:59:59.999', { spo2: 85, news2_low: 3, news2_high: 3, news2_band_low: 'low-medium' }),
    reading('r4', '23:59:59.999', { patient_id: 'p2', glucose: 98.5, mean_bp: 71.3 }),
    reading('r1', '07:00:10', { content_hash: 'c-r1b', status: 'corrected', heart_rate: 90, batch: 2 }),
    reading('r4', '23:59:59.999', { content_hash: 'c-r4b', patient_id: 'p2', status: 'entered-in-error', batch: 3 }),
  ];
  const alerts = [
    alertRow({ alert_id: 'a1', reading_id: 'r3', event_time: at('07:59:59.999') }),
    alertRow({ alert_id: 'a2', reading_id: 'r4', patient_id: 'p2', event_time: at('23:59:59.999') }),
  ];
  const standing = alerts.slice(0, 1);
  alerts.push(alertRow({ ...(alerts[1] as AlertRow), order_key: ORDER_KEY, state: 'withdrawn', batch: 3 }));
  const messages = { 1: 5, 2: 2, 3: 1 };
  const bronze = Object.entries(messages).flatMap(([batch, n]) =>
    Array.from({ length: n }, (_, offset) =>
      bronzeRow({ batch: Number(batch), offset, text: `message ${batch} ${offset}` }),
    ),
  );
  const dead = [
    deadLetterRow({ offset: 4 }),
    deadLetterRow({ scope: 'field', field: 'spo2', reason: 'RANGE', offset: 3 }),
    deadLetterRow({ batch: 2, scope: 'conflict', reason: 'CONFLICT', stage: 'deduplicate' }),
  ];
  const totals = counts({
    messages: 8,
    received: 8,
    silver: 6,
    dead_letter: 1,
    suppressed: 1,
    field_rejects: 1,
    conflicts: 1,
  });
  const fired = { 'gold.patient_summary': 3, 'gold.vitals_hourly': 3, 'gold.ward_alerts_hourly': 3 };
  return {
    bronze,
    silver,
    dead,
    alerts,
    ...goldOf(silver, standing),
    drift: driftRows(1),
    totals,
    manifest: manifest({ sequence: 3, fired }),
    sequence: 3,
  };
}

/** Writes the rows, one file a batch where rows have one. */
export function writeLake(rows: LakeRows): Promise<LakeSnapshot> {
  const tables = {
    'bronze.patient_vitals': byBatch(rows.bronze),
    'silver.patient_vitals': byBatch(rows.silver),
    'silver.dead_letter': byBatch(rows.dead),
    'gold.patient_summary': byBatch(rows.summary),
    'gold.vitals_hourly': byBatch(rows.hourly),
    'gold.alerts': byBatch(rows.alerts),
    'gold.ward_alerts_hourly': byBatch(rows.wards),
    'gold.model_drift': [rows.drift ?? []],
  };
  return fixtureLake(tables, { totals: rows.totals, manifest: rows.manifest, sequence: rows.sequence });
}

function byBatch<R extends { readonly batch: number }>(rows: readonly R[]): R[][] {
  const batches = new Map<number, R[]>();
  for (const row of rows) batches.set(row.batch, [...(batches.get(row.batch) ?? []), row]);
  return [...batches.values()];
}
