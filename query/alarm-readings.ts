import type { AlarmReading } from '../transforms/alarms/patient-alarms.js';
import type { QuerySession } from './session.js';
import type { EventTimes } from './pruned-relations.js';

/** A reading with whose it is. */
export interface PatientReading extends AlarmReading {
  readonly patient_id: string;
}

const COLUMNS = [
  'patient_id',
  'epoch_ms(event_time) AS event_time',
  'heart_rate',
  'respiratory_rate',
  'spo2',
  'systolic_bp',
  'diastolic_bp',
  'mean_bp',
  'temperature',
  'glucose',
  'news2_low',
  'age',
  'spo2_scale',
  'supplemental_oxygen',
  'consciousness',
  'flags',
];

/**
 * The current readings of a stretch of event time, patient by patient, each in order of (event_time, reading_id); tombstones
 * are left out. Streams: DuckDB sorts, and spills what does not fit its memory limit. @throws QueryError
 */
export async function* alarmReadings(session: QuerySession, times: EventTimes): AsyncGenerator<PatientReading> {
  const bounds = [
    ...(Number.isFinite(times.from) ? [`epoch_ms(event_time) >= ${times.from}`] : []),
    ...(Number.isFinite(times.to) ? [`epoch_ms(event_time) < ${times.to}`] : []),
  ];
  const where = ["status <> 'entered-in-error'", ...bounds].join(' AND ');
  const rows = await session.stream(
    `SELECT ${COLUMNS.join(', ')} FROM silver.current_patient_vitals WHERE ${where}
     ORDER BY patient_id, event_time, reading_id`,
  );
  for await (const row of rows) yield row as unknown as PatientReading;
}
