import type { BronzeRow } from '../../schema/tables/bronze-patient-vitals.js';
import type { AlertRow } from '../../schema/tables/gold-alerts.js';
import type { PatientSummaryRow } from '../../schema/tables/gold-patient-summary.js';
import type { VitalsHourlyRow } from '../../schema/tables/gold-vitals-hourly.js';
import type { WardAlertsHourlyRow } from '../../schema/tables/gold-ward-alerts-hourly.js';
import { createHash } from 'node:crypto';
import type { DeadLetterRow } from '../../schema/tables/silver-dead-letter.js';
import type { SilverRow } from '../../schema/tables/silver-patient-vitals.js';

/** The day on which every fixture plays. */
export const DAY = Date.parse('2026-11-21T00:00:00Z');
export const MINUTE = 60_000;
export const HOUR = 3_600_000;

/** Instants of the fixture day by their clock time, `at('07:20:50.123')`. */
export function at(clock: string): number {
  return Date.parse(`2026-11-21T${clock}Z`);
}

export function dateOf(epochMillis: number): string {
  return new Date(epochMillis).toISOString().slice(0, 10);
}

export function silverRow(given: Partial<SilverRow>): SilverRow {
  const event_time = given.event_time ?? DAY;
  return {
    reading_id: 'r1',
    content_hash: 'c1',
    status: 'final',
    sent_time: null,
    patient_id: 'p1',
    device_id: null,
    ward: 'ICU',
    bed: null,
    event_time,
    sequence: null,
    heart_rate: null,
    respiratory_rate: null,
    spo2: null,
    systolic_bp: null,
    diastolic_bp: null,
    mean_bp: null,
    temperature: null,
    glucose: null,
    supplemental_oxygen: null,
    consciousness: null,
    spo2_scale: 1,
    flags: null,
    age: null,
    mean_arterial_pressure: null,
    pulse_pressure: null,
    shock_index: null,
    bp_category: null,
    heart_rate_category: null,
    spo2_category: null,
    temperature_category: null,
    glucose_category: null,
    news2_low: null,
    news2_high: null,
    news2_missing: null,
    news2_band_low: null,
    news2_band_high: null,
    news2_reason: null,
    qsofa_low: null,
    qsofa_high: null,
    sirs_low: null,
    sirs_high: null,
    mews_low: null,
    mews_high: null,
    paediatric_heart_rate_band: null,
    paediatric_respiratory_rate_band: null,
    paediatric_systolic_bp_band: null,
    anomaly_score: null,
    is_anomaly: null,
    anomaly_top: null,
    model_id: null,
    challenger_score: null,
    challenger_is_anomaly: null,
    challenger_id: null,
    cause: null,
    rule_version: '1',
    conflict: false,
    known_from: null,
    source_message_id: 'm1',
    batch: 1,
    event_date: dateOf(event_time),
    ...given,
  };
}

export function summaryRow(given: Partial<PatientSummaryRow>): PatientSummaryRow {
  const window_start = given.window_start ?? DAY;
  const vitals = {} as Record<string, number | null>;
  for (const vital of [
    'heart_rate',
    'respiratory_rate',
    'spo2',
    'systolic_bp',
    'diastolic_bp',
    'mean_bp',
    'temperature',
    'glucose',
  ]) {
    vitals[`${vital}_n`] = 0;
    for (const measure of ['sum', 'min', 'max', 'last']) vitals[`${vital}_${measure}`] = null;
  }
  return {
    patient_id: 'p1',
    window_start,
    window_end: window_start + MINUTE,
    order_key: '000000000001-000000',
    pane: 'on_time',
    n: 1,
    ward: 'ICU',
    ...vitals,
    news2_low: null,
    news2_high: null,
    news2_missing: null,
    risk_band: null,
    anomaly_score: null,
    anomaly_top: null,
    anomaly_n: 0,
    batch: 1,
    event_date: dateOf(window_start),
    ...given,
  } as PatientSummaryRow;
}

export function hourlyRow(given: Partial<VitalsHourlyRow>): VitalsHourlyRow {
  const window_start = given.window_start ?? DAY;
  return {
    patient_id: 'p1',
    vital: 'heart_rate',
    window_start,
    order_key: '000000000001-000000',
    pane: 'on_time',
    ward: 'ICU',
    n: 1,
    sum_value: 80,
    min_value: 80,
    max_value: 80,
    last_event_time: window_start,
    batch: 1,
    event_date: dateOf(window_start),
    ...given,
  };
}

export function alertRow(given: Partial<AlertRow>): AlertRow {
  const event_time = given.event_time ?? DAY;
  return {
    alert_id: 'a1',
    order_key: '000000000001-000000',
    state: 'raised',
    rule: 'spo2_low',
    rule_version: '1',
    severity: 'urgent',
    patient_id: 'p1',
    ward: 'ICU',
    bed: null,
    reading_id: 'r1',
    value: 85,
    explanation: 'SpO2 85 % is low',
    event_time,
    publish_time: null,
    receive_time: event_time + 1000,
    commit_time: event_time + 2000,
    batch: 1,
    event_date: dateOf(event_time),
    ...given,
  };
}

export function wardRow(given: Partial<WardAlertsHourlyRow>): WardAlertsHourlyRow {
  const window_start = given.window_start ?? DAY;
  return {
    ward: 'ICU',
    rule: 'spo2_low',
    severity: 'urgent',
    window_start,
    order_key: '000000000001-000000',
    pane: 'on_time',
    n: 1,
    batch: 1,
    event_date: dateOf(window_start),
    ...given,
  };
}

export function bronzeRow(given: Partial<BronzeRow> & { readonly text?: string }): BronzeRow {
  const { text, ...columns } = given;
  const payload = columns.payload ?? Buffer.from(text ?? '{}');
  const receive_time = columns.receive_time ?? DAY;
  return {
    batch: 1,
    offset: 0,
    message_id: 'm1',
    publish_time: null,
    receive_time,
    source: 'file:landing',
    dialect: 'json',
    attributes: null,
    payload,
    payload_sha256: createHash('sha256').update(payload).digest(),
    receive_date: dateOf(receive_time),
    ...columns,
  };
}

export function deadLetterRow(given: Partial<DeadLetterRow>): DeadLetterRow {
  const receive_time = given.receive_time ?? DAY;
  return {
    batch: 1,
    offset: 0,
    item: 0,
    stage: 'decode',
    reason: 'SYNTAX',
    field: null,
    scope: 'item',
    detail: 'not JSON',
    original: Buffer.from('{'),
    source_message_id: 'm1',
    receive_time,
    rule_version: '1',
    receive_date: dateOf(receive_time),
    ...given,
  };
}
