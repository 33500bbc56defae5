import type { PatientSummaryRow } from '../schema/tables/gold-patient-summary.js';
import { utcDate } from './event-date.js';
import { CELLS, COUNT, LAST, MAX, MIN, SUM, type PatientMinute } from './patient-minute.js';
import { VITAL_FACTORS } from './scaled-vitals.js';
import { ONE_MINUTE } from './window.js';

/** When a pane fired: before the watermark passed the window, as it did, or after. */
export type Pane = 'early' | 'on_time' | 'late';

/**
 * The row of gold.patient_summary that a pane writes.
 * @param orderKey fixed width, unique, rising: the greatest of a key is the truth
 * @param batch sequence of the batch that fires the pane
 */
export function patientSummaryRow(
  minute: PatientMinute,
  pane: Pane,
  orderKey: string,
  batch: number,
): PatientSummaryRow {
  const scored = minute.news2_low >= 0;
  return {
    patient_id: minute.patient_id,
    window_start: minute.window_start,
    window_end: minute.window_start + ONE_MINUTE,
    order_key: orderKey,
    pane,
    n: minute.n,
    ward: minute.ward,
    heart_rate_n: count(minute, 0),
    heart_rate_sum: measure(minute, 0, SUM),
    heart_rate_min: measure(minute, 0, MIN),
    heart_rate_max: measure(minute, 0, MAX),
    heart_rate_last: measure(minute, 0, LAST),
    respiratory_rate_n: count(minute, 1),
    respiratory_rate_sum: measure(minute, 1, SUM),
    respiratory_rate_min: measure(minute, 1, MIN),
    respiratory_rate_max: measure(minute, 1, MAX),
    respiratory_rate_last: measure(minute, 1, LAST),
    spo2_n: count(minute, 2),
    spo2_sum: measure(minute, 2, SUM),
    spo2_min: measure(minute, 2, MIN),
    spo2_max: measure(minute, 2, MAX),
    spo2_last: measure(minute, 2, LAST),
    systolic_bp_n: count(minute, 3),
    systolic_bp_sum: measure(minute, 3, SUM),
    systolic_bp_min: measure(minute, 3, MIN),
    systolic_bp_max: measure(minute, 3, MAX),
    systolic_bp_last: measure(minute, 3, LAST),
    diastolic_bp_n: count(minute, 4),
    diastolic_bp_sum: measure(minute, 4, SUM),
    diastolic_bp_min: measure(minute, 4, MIN),
    diastolic_bp_max: measure(minute, 4, MAX),
    diastolic_bp_last: measure(minute, 4, LAST),
    mean_bp_n: count(minute, 5),
    mean_bp_sum: measure(minute, 5, SUM),
    mean_bp_min: measure(minute, 5, MIN),
    mean_bp_max: measure(minute, 5, MAX),
    mean_bp_last: measure(minute, 5, LAST),
    temperature_n: count(minute, 6),
    temperature_sum: measure(minute, 6, SUM),
    temperature_min: measure(minute, 6, MIN),
    temperature_max: measure(minute, 6, MAX),
    temperature_last: measure(minute, 6, LAST),
    glucose_n: count(minute, 7),
    glucose_sum: measure(minute, 7, SUM),
    glucose_min: measure(minute, 7, MIN),
    glucose_max: measure(minute, 7, MAX),
    glucose_last: measure(minute, 7, LAST),
    news2_low: scored ? minute.news2_low : null,
    news2_high: scored ? minute.news2_high : null,
    news2_missing: minute.news2_missing,
    risk_band: minute.news2_band,
    anomaly_score: minute.anomaly_score >= 0 ? minute.anomaly_score : null,
    anomaly_top: minute.anomaly_top,
    anomaly_n: minute.anomaly_n,
    batch,
    event_date: utcDate(minute.window_start),
  };
}

function count(minute: PatientMinute, vital: number): number {
  return minute.vitals[vital * CELLS + COUNT] as number;
}

/** A measure in the unit of its vital: the integer divided once, so that the quotient is the nearest double. */
function measure(minute: PatientMinute, vital: number, cell: number): number | null {
  if (count(minute, vital) === 0) return null;
  return (minute.vitals[vital * CELLS + cell] as number) / (VITAL_FACTORS[vital] as number);
}
