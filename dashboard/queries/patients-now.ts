import type { RiskBand } from '../api.js';
import { GOLD_PATIENT_SUMMARY } from '../../schema/tables/gold-patient-summary.js';
import { VITAL_NAMES, type VitalName } from '../../schema/vitals.js';
import { places, stateOf, type Question } from './question.js';
import { HOUR, MINUTE, minuteOf } from './times.js';

/** The latest minute of a patient, from the newest pane of it. */
export interface PatientNow {
  readonly patient_id: string;
  readonly ward: string | null;
  readonly bed: string | null;
  /** Start, epoch ms. */
  readonly minute_ms: number;
  readonly news2_low: number | null;
  readonly news2_high: number | null;
  readonly news2_missing: readonly string[];
  readonly risk_band: RiskBand | null;
  readonly anomaly_score: number | null;
  readonly vitals: Readonly<Record<VitalName, number | null>>;
}

const SUMMARY = 'gold.patient_summary';
/** Nearly every patient has a reading in so many minutes; only for the others the whole hour is read in full. */
const RECENT = 2 * MINUTE;
/** Beds are read from readings of this stretch: they change rarely. */
const BED_WINDOW = MINUTE;

const LATEST = `SELECT patient_id, ward, epoch_ms(window_start) AS minute_ms, news2_low, news2_high, news2_missing,
  risk_band, anomaly_score, ${VITAL_NAMES.join(', ')} FROM gold.patient_latest_risk`;

/**
 * Every patient with a reading in the hour up to now, highest risk first. A patient whose last reading is older is not
 * monitored any more, and is found by search and on the patient page only.
 */
export function patientsNow(question: Question): Promise<readonly PatientNow[]> {
  const { frontier } = question.moment;
  if (frontier === 0) return Promise.resolve([]);
  const key = `patients ${stateOf(question, [GOLD_PATIENT_SUMMARY])} ${minuteOf(frontier)}`;
  return question.parts.get(key, () => compute(question));
}

async function compute(question: Question): Promise<readonly PatientNow[]> {
  const [recent, beds] = await Promise.all([latestSince(question, RECENT, null), bedsNow(question)]);
  const seen = new Set(recent.map((row) => row.patient_id));
  const hour = { [SUMMARY]: { from: minuteOf(question.moment.frontier) + MINUTE - HOUR, to: Infinity } };
  const sql = `SELECT DISTINCT patient_id FROM ${SUMMARY}`;
  const all = await question.store.ask(question.moment, sql, [], hour);
  const others = all.map((row) => row['patient_id'] as string).filter((id) => !seen.has(id));
  const rows = others.length === 0 ? recent : [...recent, ...(await latestSince(question, HOUR - MINUTE, others))];
  return rows.map((row) => patientOf(row, beds)).sort(byRisk);
}

type LatestRow = Record<VitalName, number | null> &
  Omit<PatientNow, 'vitals' | 'bed' | 'news2_missing'> & { readonly news2_missing: string | null };

async function latestSince(question: Question, stretch: number, ids: readonly string[] | null): Promise<LatestRow[]> {
  const within = { [SUMMARY]: { from: minuteOf(question.moment.frontier) - stretch, to: Infinity } };
  const sql = ids === null ? LATEST : `${LATEST} WHERE patient_id IN (${places(ids, 1)})`;
  return (await question.store.ask(question.moment, sql, ids ?? [], within)) as unknown as LatestRow[];
}

/** Beds by patient: of the last readings that name one, else of the stay on record. */
async function bedsNow(question: Question): Promise<ReadonlyMap<string, string>> {
  const { frontier } = question.moment;
  const key = `beds ${question.moment.asOf === null ? 'live' : stateOf(question, [])} ${minuteOf(frontier)}`;
  return question.parts.get(key, async () => {
    const sql = `SELECT patient_id, coalesce(max_by(bed, since) FILTER (bed IS NOT NULL), NULL) AS bed FROM (
      SELECT patient_id, bed, event_time AS since FROM silver.patient_vitals
      UNION ALL SELECT patient_id, bed, TIMESTAMPTZ 'epoch' FROM reference.patients WHERE valid_to IS NULL)
      GROUP BY patient_id`;
    const within = { 'silver.patient_vitals': { from: frontier - BED_WINDOW, to: Infinity } };
    const rows = await question.store.ask(question.moment, sql, [], within);
    return new Map(
      rows.filter((row) => row['bed'] !== null).map((row) => [String(row['patient_id']), String(row['bed'])]),
    );
  });
}

function patientOf(row: LatestRow, beds: ReadonlyMap<string, string>): PatientNow {
  const { patient_id, ward, minute_ms, news2_low, news2_high, risk_band, anomaly_score } = row;
  return {
    patient_id,
    ward,
    bed: beds.get(patient_id) ?? null,
    minute_ms,
    news2_low,
    news2_high,
    news2_missing: row.news2_missing?.split(',') ?? [],
    risk_band,
    anomaly_score,
    vitals: Object.fromEntries(VITAL_NAMES.map((name) => [name, row[name]])) as PatientNow['vitals'],
  };
}

/** A single red parameter (low-medium) outranks a low score that is higher. */
const RANK: Readonly<Record<RiskBand, number>> = { high: 4, medium: 3, 'low-medium': 2, low: 1 };

function byRisk(a: PatientNow, b: PatientNow): number {
  const rank = (patient: PatientNow) => (patient.risk_band === null ? 0 : RANK[patient.risk_band]);
  return (
    rank(b) - rank(a) ||
    (b.news2_low ?? -1) - (a.news2_low ?? -1) ||
    (b.news2_high ?? -1) - (a.news2_high ?? -1) ||
    (b.anomaly_score ?? -1) - (a.anomaly_score ?? -1) ||
    (a.patient_id < b.patient_id ? -1 : 1)
  );
}
