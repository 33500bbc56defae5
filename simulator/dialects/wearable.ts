import type { Patient } from '../patients.js';
import type { MonitorReading } from '../vital-signs.js';
import { jsonIdentity } from './json.js';

/** The part of a message that is the same in all of a patient's readings. */
export function wearableIdentity(patient: Patient): string {
  return jsonIdentity(patient);
}

/**
 * One reading as a wearable sends it (docs/message-format.md): `timestamp`, `respiration_rate`, `blood_pressure`.
 *
 * @param identity of {@link wearableIdentity}
 * @param time event time, epoch ms
 * @returns the text without a line end; ASCII
 */
export function wearableMessage(id: string, identity: string, time: number, reading: MonitorReading): string {
  const { systolic_bp, diastolic_bp } = reading;
  const rest = JSON.stringify({
    timestamp: new Date(time).toISOString(),
    sequence: reading.sequence,
    heart_rate: reading.heart_rate,
    temperature: reading.temperature,
    spo2: reading.spo2,
    respiration_rate: reading.respiratory_rate,
    blood_pressure: { systolic: systolic_bp, diastolic: diastolic_bp },
    glucose: reading.glucose,
    supplemental_oxygen: reading.supplemental_oxygen,
    consciousness: reading.consciousness,
    ...(reading.lead_off ? { lead_off: true } : {}),
    ...(reading.probe_off ? { probe_off: true } : {}),
  });
  return `{"message_id":"${id}",${identity},${rest.slice(1)}`;
}
