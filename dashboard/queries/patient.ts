import type { PatientAnswer } from '../api.js';
import type { AlertsQuestion } from './alerts.js';
import { newestAlerts } from './alerts.js';
import { iso, type Answer } from './moment.js';
import { interventionsOf } from './interventions.js';
import { normalBands } from './normal-bands.js';
import { patientRecord, type PatientRecord } from './patient-record.js';
import { patientSeries } from './patient-series.js';
import { paceOf, stateOf, type Question } from './question.js';
import { HOUR, MINUTE } from './times.js';
import { modelThreshold } from './model-threshold.js';
import { GOLD_PATIENT_SUMMARY } from '../../schema/tables/gold-patient-summary.js';
import { GOLD_ALERTS } from '../../schema/tables/gold-alerts.js';
import { SILVER_PATIENT_VITALS } from '../../schema/tables/silver-patient-vitals.js';
import { GOLD_ALERT_EVENTS } from '../../schema/tables/gold-alert-events.js';

export interface PatientQuestion {
  readonly id: string;
  /** Epoch ms; null: four hours before the end. */
  readonly from: number | null;
  /** Epoch ms, exclusive; null: now. */
  readonly to: number | null;
}

const DEFAULT_RANGE = 4 * HOUR;
/** Alerts of the range that are drawn: the newest. */
const MAX_ALERTS = 1_000;

/** One patient over time; null when the lake does not know the patient. */
export async function patient(question: Question, asked: PatientQuestion): Promise<Answer<PatientAnswer> | null> {
  const range = rangeOf(asked, question.moment.frontier);
  const record = await patientRecord(question, asked.id);
  if (record === null) return null;
  return compute(question, asked.id, range, record);
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** Whole minutes, the current one included. */
function rangeOf({ from, to }: PatientQuestion, frontier: number): Range {
  const end = Math.ceil(((to ?? frontier + 1) as number) / MINUTE) * MINUTE;
  return { from: Math.floor((from ?? end - DEFAULT_RANGE) / MINUTE) * MINUTE, to: end };
}

async function compute(
  question: Question,
  id: string,
  range: Range,
  record: PatientRecord,
): Promise<Answer<PatientAnswer>> {
  const asked: AlertsQuestion = { ...ANY_ALERT, patient: id, ...range, limit: MAX_ALERTS };
  const keep = <T>(what: string, state: string, make: () => Promise<T>) =>
    question.parts.get(`${what} ${state} ${JSON.stringify([id, range])}`, make);
  const actedOn = stateOf(question, [GOLD_ALERT_EVENTS]);
  const [series, alerts, interventions, threshold] = await Promise.all([
    keep('series', stateOf(question, [GOLD_PATIENT_SUMMARY]), () =>
      patientSeries(question, id, range, normalBands(record.spo2_scale, record.age)),
    ),
    keep('alerts of', `${paceOf(question, GOLD_ALERTS, range.from)} ${actedOn}`, () => newestAlerts(question, asked)),
    keep('oxygen', paceOf(question, SILVER_PATIENT_VITALS, range.from, MINUTE), () =>
      interventionsOf(question, id, range),
    ),
    modelThreshold(question),
  ]);
  const { ward, bed, age, sex, conditions } = record;
  return {
    patient_id: id,
    ward,
    bed,
    age,
    sex,
    conditions,
    from: iso(range.from),
    to: iso(range.to),
    ...series,
    anomaly: { ...series.anomaly, threshold },
    alerts,
    interventions,
  };
}

const ANY_ALERT = { status: null, severity: null, ward: null, rule: null } as const;
