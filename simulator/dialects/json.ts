import type { Patient } from '../patients.js';
import type { MonitorReading } from '../vital-signs.js';

/** The part of a message that is the same in all of a patient's readings. */
export function jsonIdentity(patient: Patient): string {
  const { patient_id, device_id, ward, bed } = patient;
  return `"patient_id":"${patient_id}","device_id":"${device_id}","ward":"${ward}","bed":"${bed}"`;
}

/**
 * One reading as a message of JSON v1 (INTERFACES.md), built by concatenation, which costs less than
 * JSON.stringify, for this is the simulator's hottest line. Glucose is absent unless measured; other missing vitals are null.
 *
 * @param identity of {@link jsonIdentity}
 * @param time event time, epoch ms
 * @returns the text without a line end; ASCII
 */
export function jsonMessage(id: string, identity: string, time: number, reading: MonitorReading): string {
  return (
    '{"version":1,"message_id":"' +
    id +
    '",' +
    identity +
    ',"event_time":"' +
    isoTime(time) +
    '","sequence":' +
    reading.sequence +
    ',"heart_rate":' +
    reading.heart_rate +
    ',"respiratory_rate":' +
    reading.respiratory_rate +
    ',"spo2":' +
    reading.spo2 +
    ',"systolic_bp":' +
    reading.systolic_bp +
    ',"diastolic_bp":' +
    reading.diastolic_bp +
    ',"temperature":' +
    reading.temperature +
    (reading.glucose === null ? '' : ',"glucose":' + reading.glucose) +
    (reading.supplemental_oxygen ? ',"supplemental_oxygen":true' : ',"supplemental_oxygen":false') +
    ',"consciousness":"' +
    reading.consciousness +
    (reading.lead_off ? '","lead_off":true' : '"') +
    (reading.probe_off ? ',"probe_off":true}' : '}')
  );
}

const MINUTE = 60_000;
let lastMinute = Number.NaN;
let lastMinuteText = '';

/** ISO 8601 in UTC with milliseconds. Readings come in order of time, so the minute's text is kept. */
function isoTime(time: number): string {
  const minute = Math.floor(time / MINUTE);
  if (minute !== lastMinute) {
    lastMinute = minute;
    lastMinuteText = new Date(minute * MINUTE).toISOString().slice(0, 17);
  }
  const rest = time - minute * MINUTE;
  const second = Math.floor(rest / 1000);
  const millisecond = rest - second * 1000;
  return (
    lastMinuteText +
    (second < 10 ? '0' : '') +
    second +
    (millisecond < 10 ? '.00' : millisecond < 100 ? '.0' : '.') +
    millisecond +
    'Z'
  );
}
