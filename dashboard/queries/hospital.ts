import type { HospitalAnswer, PatientRisk, RiskBand, WardHourAlerts, WardTile } from '../api.js';
import { GOLD_PATIENT_SUMMARY } from '../../schema/tables/gold-patient-summary.js';
import { GOLD_WARD_ALERTS_HOURLY } from '../../schema/tables/gold-ward-alerts-hourly.js';
import { distributionsOf } from './distributions.js';
import { iso, type Answer } from './moment.js';
import { openAlerts, type OpenAlerts } from './open-alerts.js';
import { patientsNow, type PatientNow } from './patients-now.js';
import { places, stateOf, type Question } from './question.js';
import { HOUR, MINUTE, minuteOf } from './times.js';

export interface HospitalQuestion {
  /** Only patients of this ward are listed; tiles and distributions are of the whole hospital. */
  readonly ward: string | null;
  readonly limit: number;
}

/** Minutes of a sparkline. */
const SPARKLINE_MINUTES = 60;
/** Hours of alerts by ward. */
const ALERT_HOURS = 24;
/** What a reading without a ward counts under, as in gold.ward_alerts_hourly. */
const NO_WARD = 'unknown';

/** The whole hospital now: wards, patients by risk, alerts by ward and hour, and how each vital is spread. */
export async function hospital(question: Question, { ward, limit }: HospitalQuestion): Promise<Answer<HospitalAnswer>> {
  const patients = await patientsNow(question);
  const ofWard = ward === null ? patients : patients.filter((patient) => (patient.ward ?? NO_WARD) === ward);
  const listed = ofWard.slice(0, limit);
  const [sparklines, open, byHour] = await Promise.all([
    sparklinesOf(question, listed),
    openAlerts(question),
    alertsByWardHour(question),
  ]);
  return {
    wards: tilesOf(patients, open),
    patients: listed.map((patient) => riskOf(patient, sparklines, open)),
    patients_total: ofWard.length,
    alerts_by_ward_hour: byHour,
    distributions: distributionsOf(patients),
  };
}

function riskOf(
  patient: PatientNow,
  sparklines: ReadonlyMap<string, (number | null)[]>,
  open: OpenAlerts,
): PatientRisk {
  const { minute_ms, ...rest } = patient;
  return {
    ...rest,
    minute: iso(minute_ms),
    sparkline: sparklines.get(patient.patient_id) ?? Array.from({ length: SPARKLINE_MINUTES }, () => null),
    open_alerts: open.byPatient.get(patient.patient_id) ?? 0,
  };
}

/** NEWS2 of the last hour of each of these patients, by the minute. */
async function sparklinesOf(
  question: Question,
  patients: readonly PatientNow[],
): Promise<ReadonlyMap<string, (number | null)[]>> {
  if (patients.length === 0) return new Map();
  const ids = patients.map((patient) => patient.patient_id).sort();
  const end = minuteOf(question.moment.frontier);
  const start = end - (SPARKLINE_MINUTES - 1) * MINUTE;
  const key = `sparklines ${stateOf(question, [GOLD_PATIENT_SUMMARY])} ${end} ${ids.join()}`;
  return question.parts.get(key, async () => {
    const sql = `SELECT patient_id, epoch_ms(window_start) AS at, news2_high FROM gold.patient_risk_by_minute
      WHERE patient_id IN (${places(ids, 1)})`;
    const within = { 'gold.patient_summary': { from: start, to: end + MINUTE } };
    const lines = new Map(ids.map((id) => [id, Array<number | null>(SPARKLINE_MINUTES).fill(null)]));
    for (const row of await question.store.ask(question.moment, sql, ids, within)) {
      const line = lines.get(row['patient_id'] as string);
      if (line) line[((row['at'] as number) - start) / MINUTE] = row['news2_high'] as number | null;
    }
    return lines;
  });
}

function tilesOf(patients: readonly PatientNow[], open: OpenAlerts): readonly WardTile[] {
  const wards = new Map<string, { patients: number; bands: Record<RiskBand | 'unknown', number> }>();
  for (const patient of patients) {
    const ward = patient.ward ?? NO_WARD;
    const tile = wards.get(ward) ?? { patients: 0, bands: { high: 0, medium: 0, 'low-medium': 0, low: 0, unknown: 0 } };
    tile.patients += 1;
    tile.bands[patient.risk_band ?? 'unknown'] += 1;
    wards.set(ward, tile);
  }
  const tiles = Array.from(wards, ([ward, tile]) => ({ ward, ...tile, alerts_last_hour: open.byWard.get(ward) ?? 0 }));
  return tiles.sort((a, b) => (a.ward < b.ward ? -1 : 1));
}

function alertsByWardHour(question: Question): Promise<readonly WardHourAlerts[]> {
  const { frontier } = question.moment;
  const from = Math.floor(frontier / HOUR) * HOUR - (ALERT_HOURS - 1) * HOUR;
  const key = `ward hours ${stateOf(question, [GOLD_WARD_ALERTS_HOURLY])} ${from}`;
  return question.parts.get(key, async () => {
    const sql = `SELECT ward, window_start AS hour, severity, CAST(sum(n) AS BIGINT) AS alerts FROM gold.ward_alert_counts
      GROUP BY ward, window_start, severity HAVING sum(n) > 0 ORDER BY window_start, ward, severity`;
    const within = { 'gold.ward_alerts_hourly': { from, to: Infinity } };
    return (await question.store.ask(question.moment, sql, [], within)) as unknown as WardHourAlerts[];
  });
}
