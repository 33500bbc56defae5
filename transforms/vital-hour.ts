import type { VitalsHourlyRow } from '../schema/tables/gold-vitals-hourly.js';
import { VITALS, type VitalName } from '../schema/vitals.js';
import { utcDate } from './event-date.js';
import type { Pane } from './patient-summary-row.js';

/**
 * What is known of one patient, vital and hour of event time. Sums and extremes are integers at the vital's scale, so
 * that merging is associative. A row of gold holds all of it, and so is an accumulator itself.
 */
export interface VitalHour {
  readonly patient_id: string;
  readonly vital: VitalName;
  /** Start of the hour, epoch milliseconds. */
  readonly window_start: number;
  n: number;
  sum: number;
  min: number;
  max: number;
  /** Latest event_time that holds the vital; this, sum and extremes mean nothing while n is 0. */
  last_event_time: number;
  /** Ward at last_event_time, the greatest name where several readings share it. */
  ward: string | null;
}

const FACTORS = Object.fromEntries(VITALS.map((vital) => [vital.name, 10 ** vital.scale])) as Record<VitalName, number>;

/** The neutral element of merging: also the pane of an hour whose readings were all withdrawn. */
export function emptyVitalHour(patientId: string, vital: VitalName, windowStart: number): VitalHour {
  return {
    patient_id: patientId,
    vital,
    window_start: windowStart,
    n: 0,
    sum: 0,
    min: 0,
    max: 0,
    last_event_time: 0,
    ward: null,
  };
}

/** Adds `n` values with these integers, in place. */
export function addToHour(
  hour: VitalHour,
  n: number,
  sum: number,
  min: number,
  max: number,
  lastEventTime: number,
  ward: string | null,
): void {
  if (n === 0) return;
  const first = hour.n === 0;
  hour.n += n;
  hour.sum += sum;
  if (first || min < hour.min) hour.min = min;
  if (first || max > hour.max) hour.max = max;
  if (first || lastEventTime > hour.last_event_time) {
    hour.last_event_time = lastEventTime;
    hour.ward = ward;
  } else if (lastEventTime === hour.last_event_time && ward !== null && (hour.ward === null || ward > hour.ward)) {
    hour.ward = ward;
  }
}

/**
 * The row of gold.vitals_hourly that a pane writes.
 * @param orderKey fixed width, unique, rising: the greatest of a key is the truth
 * @param batch sequence of the batch that fires the pane
 */
export function vitalsHourlyRow(hour: VitalHour, pane: Pane, orderKey: string, batch: number): VitalsHourlyRow {
  const factor = FACTORS[hour.vital];
  const some = hour.n > 0;
  return {
    patient_id: hour.patient_id,
    vital: hour.vital,
    window_start: hour.window_start,
    order_key: orderKey,
    pane,
    ward: hour.ward,
    n: hour.n,
    sum_value: some ? hour.sum / factor : null,
    min_value: some ? hour.min / factor : null,
    max_value: some ? hour.max / factor : null,
    last_event_time: some ? hour.last_event_time : null,
    batch,
    event_date: utcDate(hour.window_start),
  };
}

/** The accumulator that a row was written from: the exact inverse of {@link vitalsHourlyRow}. */
export function vitalHourFromRow(row: VitalsHourlyRow): VitalHour {
  const vital = row.vital as VitalName;
  const hour = emptyVitalHour(row.patient_id, vital, row.window_start);
  if (row.n > 0) {
    const factor = FACTORS[vital];
    hour.n = row.n;
    hour.sum = Math.round((row.sum_value as number) * factor);
    hour.min = Math.round((row.min_value as number) * factor);
    hour.max = Math.round((row.max_value as number) * factor);
    hour.last_event_time = row.last_event_time as number;
    hour.ward = row.ward;
  }
  return hour;
}
