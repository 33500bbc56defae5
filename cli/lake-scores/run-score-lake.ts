import { openLakeSnapshot } from '../../lake/reader.js';
import { persistenceOf, thresholdFor } from '../../model/calibration/calibration.js';
import { DEFAULT_PERSISTENCE } from '../../model/calibration/persistence.js';
import type { AnomalyModel } from '../../model/model.js';
import { parseTime } from '../../simulator/times.js';
import { toStream, type LineOutput } from '../decode/output.js';
import { lakeUrl } from '../lake-url.js';
import { PatientAlarms } from './patient-alarms.js';
import { scoreSilver, type ScoredSilver } from './score-silver.js';

/** What to score, and what to print of it. */
export interface ScoreLakeRequest {
  readonly lake: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** Alarms instead of readings. */
  readonly alarms: boolean;
}

interface Totals {
  readings: number;
  unscored: number;
  anomalies: number;
}

/** Lines that are held before they are written. */
const FLUSH_LINES = 4_096;

/** Prints the scores of silver, or the alarms that they are, as NDJSON; a summary goes to standard error. */
export async function runScoreLake(model: AnomalyModel, request: ScoreLakeRequest): Promise<void> {
  const from = request.from === undefined ? -Infinity : parseTime('--from', request.from);
  const to = request.to === undefined ? Infinity : parseTime('--to', request.to);
  const snapshot = await openLakeSnapshot(lakeUrl(request.lake));
  const persistence = model.calibration === undefined ? DEFAULT_PERSISTENCE : persistenceOf(model.calibration);
  const alarms = request.alarms ? new PatientAlarms(model, persistence) : null;
  const output = toStream(process.stdout);
  const totals: Totals = { readings: 0, unscored: 0, anomalies: 0 };
  for await (const reading of scoreSilver(snapshot, model, { from, to })) {
    const anomaly = reading.score >= thresholdFor(model, reading.ward);
    totals.readings += 1;
    if (reading.score !== reading.score) totals.unscored += 1;
    if (anomaly) totals.anomalies += 1;
    if (alarms === null) output.write(readingLine(reading, anomaly, model.id));
    else alarms.add(reading);
    if (totals.readings % FLUSH_LINES === 0) await output.flush();
    if (!output.open) break;
  }
  const raised = alarms === null ? null : writeAlarms(output, alarms, model.id);
  await output.close();
  const { readings, unscored, anomalies } = totals;
  const parts = [`${readings} readings`, `${unscored} without a score`, `${anomalies} anomalies`];
  if (raised !== null) parts.push(`${raised} alarms`);
  process.stderr.write(`vitals: ${parts.join(', ')}; model ${model.id}\n`);
}

function readingLine({ patient, ward, time, score }: ScoredSilver, anomaly: boolean, model: string): string {
  const event_time = new Date(time).toISOString();
  const value = score === score ? score : null;
  return JSON.stringify({ patient_id: patient, event_time, ward, score: value, anomaly, model_id: model });
}

function writeAlarms(output: LineOutput, alarms: PatientAlarms, model: string): number {
  const found = alarms.alarms();
  for (const { patient, ward, raisedAt } of found) {
    const raised_at = new Date(raisedAt).toISOString();
    output.write(JSON.stringify({ patient_id: patient, ward, raised_at, model_id: model }));
  }
  return found.length;
}
