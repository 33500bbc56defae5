import type { SilverRow } from '../schema/tables/silver-patient-vitals.js';
import { VITAL_COUNT, VITAL_FACTORS } from './scaled-vitals.js';

/**
 * What is known of one patient and one minute of event time: integers that add, so that merging is associative and
 * commutative and the sums do not depend on the order of arrival.
 *
 * Plain numbers in plain arrays: 48 small integers take 440 bytes, as doubles in a typed array with its headers 580; they
 * never overflow, and cross any coder. About 750 bytes in all, so that 100,000 resident minutes are 75 MB.
 */
export interface PatientMinute {
  readonly patient_id: string;
  /** Start of the minute, epoch milliseconds. */
  readonly window_start: number;
  /** Readings, tombstones not counted. */
  n: number;
  /** {@link CELLS} integers a vital, in the order of schema/vitals.ts. */
  readonly vitals: number[];
  /** reading_id of each vital's last value; empty while it has none. */
  readonly last_ids: string[];
  ward: string | null;
  /** Milliseconds into the minute of the last reading that names a ward; -1 for none. */
  ward_time: number;
  ward_id: string;
  /** The worst NEWS2; -1 for none. */
  news2_low: number;
  news2_high: number;
  news2_missing: string | null;
  news2_band: string | null;
  news2_id: string;
  /** The worst anomaly score; -1 for none. */
  anomaly_score: number;
  anomaly_top: string | null;
  anomaly_id: string;
  /** Readings at or above the model's threshold. */
  anomaly_n: number;
}

/** The integers of a vital: how many, sum, least, greatest and last value (scaled), when the last was measured. */
export const CELLS = 6;
export const COUNT = 0;
export const SUM = 1;
export const MIN = 2;
export const MAX = 3;
export const LAST = 4;
/** Milliseconds into the minute; -1 for none. */
export const LAST_TIME = 5;

const NOTHING: readonly number[] = Array.from({ length: VITAL_COUNT }, () => [0, 0, 0, 0, 0, -1]).flat();
const NO_IDS: readonly string[] = Array.from({ length: VITAL_COUNT }, () => '');

/** The neutral element of merging: also the pane of a minute whose readings were all withdrawn. */
export function emptyPatientMinute(patientId: string, windowStart: number): PatientMinute {
  return {
    patient_id: patientId,
    window_start: windowStart,
    n: 0,
    vitals: NOTHING.slice(),
    last_ids: NO_IDS.slice(),
    ward: null,
    ward_time: -1,
    ward_id: '',
    news2_low: -1,
    news2_high: -1,
    news2_missing: null,
    news2_band: null,
    news2_id: '',
    anomaly_score: -1,
    anomaly_top: null,
    anomaly_id: '',
    anomaly_n: 0,
  };
}

/** Adds one reading of this patient and minute, in place. Not for tombstones. */
export function addReading(minute: PatientMinute, reading: SilverRow): void {
  const time = reading.event_time - minute.window_start;
  const id = reading.reading_id;
  minute.n++;
  addValue(minute, 0, reading.heart_rate, time, id);
  addValue(minute, 1, reading.respiratory_rate, time, id);
  addValue(minute, 2, reading.spo2, time, id);
  addValue(minute, 3, reading.systolic_bp, time, id);
  addValue(minute, 4, reading.diastolic_bp, time, id);
  addValue(minute, 5, reading.mean_bp, time, id);
  addValue(minute, 6, reading.temperature, time, id);
  addValue(minute, 7, reading.glucose, time, id);
  if (reading.ward !== null) noteWard(minute, reading.ward, time, id);
  if (reading.news2_low !== null && reading.news2_high !== null) {
    noteNews2(minute, reading.news2_low, reading.news2_high, id, reading.news2_missing, reading.news2_band_low);
  }
  if (reading.anomaly_score !== null) noteAnomaly(minute, reading.anomaly_score, id, reading.anomaly_top);
  if (reading.is_anomaly === true) minute.anomaly_n++;
}

function addValue(minute: PatientMinute, vital: number, value: number | null, time: number, id: string): void {
  if (value === null) return;
  const scaled = Math.round(value * (VITAL_FACTORS[vital] as number));
  addCells(minute, vital, 1, scaled, scaled, scaled, scaled, time, id);
}

/** Folds one vital's integers into another's. */
function addCells(
  minute: PatientMinute,
  vital: number,
  n: number,
  sum: number,
  min: number,
  max: number,
  last: number,
  time: number,
  id: string,
): void {
  const cells = minute.vitals;
  const at = vital * CELLS;
  const known = cells[at] as number;
  cells[at] = known + n;
  cells[at + SUM] = (cells[at + SUM] as number) + sum;
  if (known === 0 || min < (cells[at + MIN] as number)) cells[at + MIN] = min;
  if (known === 0 || max > (cells[at + MAX] as number)) cells[at + MAX] = max;
  if (isLater(time, id, cells[at + LAST_TIME] as number, minute.last_ids[vital] as string)) {
    cells[at + LAST] = last;
    cells[at + LAST_TIME] = time;
    minute.last_ids[vital] = id;
  }
}

function isLater(time: number, id: string, knownTime: number, knownId: string): boolean {
  return time > knownTime || (time === knownTime && id > knownId);
}

function noteWard(minute: PatientMinute, ward: string, time: number, id: string): void {
  if (!isLater(time, id, minute.ward_time, minute.ward_id)) return;
  minute.ward = ward;
  minute.ward_time = time;
  minute.ward_id = id;
}

/** The worst by (low, high); of equal ones that of the least reading_id. */
function noteNews2(
  minute: PatientMinute,
  low: number,
  high: number,
  id: string,
  missing: string | null,
  band: string | null,
): void {
  const worse = low - minute.news2_low || high - minute.news2_high;
  if (worse < 0 || (worse === 0 && id >= minute.news2_id)) return;
  minute.news2_low = low;
  minute.news2_high = high;
  minute.news2_missing = missing;
  minute.news2_band = band;
  minute.news2_id = id;
}

function noteAnomaly(minute: PatientMinute, score: number, id: string, top: string | null): void {
  if (score < minute.anomaly_score || (score === minute.anomaly_score && id >= minute.anomaly_id)) return;
  minute.anomaly_score = score;
  minute.anomaly_top = top;
  minute.anomaly_id = id;
}

/** Adds what another accumulator of the same patient and minute knows, in place. */
export function addPatientMinute(minute: PatientMinute, other: PatientMinute): void {
  const cells = other.vitals;
  minute.n += other.n;
  for (let vital = 0; vital < VITAL_COUNT; vital++) {
    const at = vital * CELLS;
    const n = cells[at] as number;
    if (n === 0) continue;
    const [sum, min, max] = [cells[at + SUM] as number, cells[at + MIN] as number, cells[at + MAX] as number];
    const [last, time] = [cells[at + LAST] as number, cells[at + LAST_TIME] as number];
    addCells(minute, vital, n, sum, min, max, last, time, other.last_ids[vital] as string);
  }
  if (other.ward !== null) noteWard(minute, other.ward, other.ward_time, other.ward_id);
  if (other.news2_low >= 0) {
    noteNews2(minute, other.news2_low, other.news2_high, other.news2_id, other.news2_missing, other.news2_band);
  }
  if (other.anomaly_score >= 0) noteAnomaly(minute, other.anomaly_score, other.anomaly_id, other.anomaly_top);
  minute.anomaly_n += other.anomaly_n;
}
