import { createHash } from 'node:crypto';
import type { AlertRow } from '../../schema/tables/gold-alerts.js';
import type { SilverRow } from '../../schema/tables/silver-patient-vitals.js';
import { alertRow, dateOf, silverRow } from '../query/fixture-rows.js';

/** Numbers in [0, 1), the same for a seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const START = Date.parse('2026-11-20T20:00:00Z');
const READINGS_PER_PATIENT = 400;
const WARDS = ['ICU', 'CCU', 'Ward A', 'Ward B', 'Emergency'];
const RULES = ['spo2_low', 'news2', 'heart_rate_high', 'pressure_low'];
const SEVERITIES = ['warning', 'urgent', 'critical'];
/** Pauses between readings of a patient, ms: the same instant, the same minute, the next ones, across an episode's end. */
const PAUSES = [0, 1, 7_000, 20_000, 60_000, 61_001, 420_000, 900_000, 900_001];

class Dice {
  constructor(readonly next: () => number) {}

  of<T>(values: readonly T[]): T {
    return values[Math.floor(this.next() * values.length)] as T;
  }

  /** A whole number in [low, high], divided by a power of ten; null in a part of all cases. */
  value(low: number, high: number, nulls: number, scale = 0): number | null {
    const number = low + Math.floor(this.next() * (high - low + 1));
    return this.next() < nulls ? null : number / 10 ** scale;
  }

  chance(part: number): boolean {
    return this.next() < part;
  }
}

/** Versions of readings: most in batch 1, some late; corrections in batch 2, withdrawals in batch 3. */
export function randomVersions(size: number, seed: number): SilverRow[] {
  const dice = new Dice(random(seed));
  const rows: SilverRow[] = [];
  let at = START;
  for (let reading = 0; rows.length < size; reading += 1) {
    const patient = Math.floor(reading / READINGS_PER_PATIENT);
    if (reading % READINGS_PER_PATIENT === 0) at = START + patient * 13_337;
    at += dice.of(PAUSES);
    const first = version(dice, patient, reading, at, dice.chance(0.1) ? 2 : 1);
    rows.push(first);
    if (dice.chance(0.06)) rows.push({ ...version(dice, patient, reading, moved(dice, at), 2), status: 'corrected' });
    if (dice.chance(0.03)) rows.push(conflict(dice, first));
    if (dice.chance(0.04))
      rows.push({ ...first, status: 'entered-in-error', content_hash: hash('gone', reading), batch: 3 });
  }
  return rows.slice(0, size).map((row) => ({ ...row, known_from: arrivalOf(row) }));
}

/** When a version arrived, in any order: one of ten minutes, so that some arrive together; null for one from before the column. */
function arrivalOf({ content_hash }: SilverRow): number | null {
  const minute = hash('arrival', content_hash).charCodeAt(0) % 11;
  return minute === 10 ? null : START + minute * 60_000;
}

function moved(dice: Dice, at: number): number {
  return dice.chance(0.3) ? at + dice.of([-3_600_000, 59_999, 86_400_000]) : at;
}

/** The same reading, the same status, other content: settled by the sender's time, then by the hash. */
function conflict(dice: Dice, first: SilverRow): SilverRow {
  const sent_time = dice.of([null, first.sent_time, first.event_time + 5_000]);
  const content_hash = hash('conflict', dice.next());
  return {
    ...first,
    sent_time,
    content_hash,
    heart_rate: dice.value(30, 200, 0.3),
    ward: null,
    conflict: true,
    batch: 2,
  };
}

function version(dice: Dice, patient: number, reading: number, at: number, batch: number): SilverRow {
  const low = dice.value(0, 12, 0.2);
  const anomaly_score = dice.value(1, 999, 0.2, 3);
  const is_anomaly = anomaly_score === null ? null : anomaly_score > 0.4;
  return silverRow({
    reading_id: hash('reading', reading),
    content_hash: hash('content', `${reading}-${batch}-${dice.next()}`),
    sent_time: dice.chance(0.5) ? at + 1_000 : null,
    patient_id: `patient-${String(patient).padStart(5, '0')}`,
    ward: dice.chance(0.15) ? null : dice.of(WARDS),
    // Two devices a patient, which count to a hundred and begin anew; some readings have no number.
    device_id: reading % 11 === 0 ? null : `monitor-${reading % 2}`,
    sequence: reading % 7 === 0 ? null : reading % 100,
    event_time: at,
    event_date: dateOf(at),
    ...vitals(dice),
    news2_low: low,
    news2_high: low === null ? null : low + dice.of([0, 0, 3]),
    news2_missing: low === null || dice.chance(0.6) ? null : 'temperature,consciousness',
    news2_band_low: low === null ? null : low >= 7 ? 'high' : low >= 5 ? 'medium' : 'low',
    news2_reason: low === null && dice.chance(0.1) ? 'pregnant' : null,
    anomaly_score,
    is_anomaly,
    anomaly_top: is_anomaly === true ? '{"heart_rate":0.4}' : null,
    batch,
  });
}

function vitals(dice: Dice): Partial<SilverRow> {
  return {
    heart_rate: dice.value(30, 180, 0.3),
    respiratory_rate: dice.value(6, 35, 0.3),
    spo2: dice.value(78, 100, 0.3),
    systolic_bp: dice.value(70, 230, 0.5),
    diastolic_bp: dice.value(40, 120, 0.5),
    mean_bp: dice.value(500, 1_400, 0.5, 1),
    temperature: dice.value(3_400, 4_000, 0.5, 2),
    glucose: dice.value(400, 4_000, 0.8, 1),
    supplemental_oxygen: dice.chance(0.3) ? null : dice.chance(0.3),
    consciousness: dice.chance(0.5) ? null : dice.of(['A', 'A', 'A', 'C', 'V']),
    spo2_scale: dice.of([1, 1, 2]),
  };
}

/** Alerts of a tenth of all versions; some withdrawn by a later row, some of those raised again. */
export function randomAlerts(silver: readonly SilverRow[], seed: number): AlertRow[] {
  const dice = new Dice(random(seed + 1));
  const rows: AlertRow[] = [];
  for (const reading of silver) {
    if (!dice.chance(0.1)) continue;
    const raised = alertRow({
      alert_id: hash('alert', rows.length),
      order_key: orderKey(1, rows.length),
      rule: dice.of(RULES),
      severity: dice.of(SEVERITIES),
      patient_id: reading.patient_id,
      ward: reading.ward,
      reading_id: reading.reading_id,
      value: dice.value(0, 9_999, 0.1, 2),
      event_time: reading.event_time,
      event_date: reading.event_date,
    });
    rows.push(raised);
    if (dice.chance(0.2)) rows.push({ ...raised, order_key: orderKey(2, rows.length), state: 'withdrawn', batch: 2 });
    if (dice.chance(0.1)) rows.push({ ...raised, order_key: orderKey(3, rows.length), value: 1, batch: 3 });
  }
  return rows;
}

function orderKey(batch: number, index: number): string {
  return `${String(batch).padStart(12, '0')}-${String(index).padStart(6, '0')}`;
}

function hash(kind: string, value: string | number): string {
  return createHash('sha256').update(`${kind} ${value}`).digest('base64url').slice(0, 22);
}
