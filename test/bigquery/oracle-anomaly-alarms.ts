import { alarmMinutes, DEFAULT_PERSISTENCE, persistentScores } from '../../model/calibration/persistence.js';
import type { PatientSummaryRow } from '../../schema/tables/gold-patient-summary.js';
import { groupBy } from './group-by.js';
import type { ViewRow } from './oracle.js';

const MINUTE = 60_000;

/** What gold.anomaly_alarms must answer: model/calibration/persistence.ts over the latest panes, a minute scoring 1 where most of its readings are anomalous. */
export function anomalyAlarmsOf(latest: readonly PatientSummaryRow[]): ViewRow[] {
  const patients = groupBy(
    latest.filter((row) => row.n > 0),
    (row) => row.patient_id,
  );
  return [...patients.values()].flatMap((rows) => patientAlarms(rows.sort((a, b) => a.window_start - b.window_start)));
}

function patientAlarms(rows: readonly PatientSummaryRow[]): ViewRow[] {
  const { rearmMinutes } = DEFAULT_PERSISTENCE;
  const minutes = Int32Array.from(rows, (row) => row.window_start / MINUTE);
  const scores = Float64Array.from(rows, (row) => (row.anomaly_n > row.n / 2 ? 1 : 0));
  const persistent = persistentScores({ minutes, scores }, DEFAULT_PERSISTENCE);
  const begins = alarmMinutes(minutes, persistent, 1, rearmMinutes);
  return begins.map((begin, i) => {
    const until = begins[i + 1] ?? Infinity;
    const held = rows.filter((_, at) => persistent[at] === 1 && minutes[at]! >= begin && minutes[at]! < until);
    const [first, last] = [held[0]!, held.at(-1)!];
    const isOver = minutes.at(-1)! - last.window_start / MINUTE > rearmMinutes;
    const found = held.flatMap(({ anomaly_score }) => (anomaly_score === null ? [] : [anomaly_score]));
    return {
      patient_id: first.patient_id,
      ward: first.ward,
      event_date: first.event_date,
      raised_at: new Date(first.window_start).toISOString(),
      ended_at: isOver ? new Date(last.window_start).toISOString() : null,
      persistent_minutes: held.length,
      worst_score: found.length === 0 ? null : Math.max(...found),
    };
  });
}
