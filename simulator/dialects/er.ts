import type { Patient } from '../patients.js';
import type { MonitorReading } from '../vital-signs.js';
import { jsonIdentity } from './json.js';

/** The part of a message that is the same in all of a patient's readings; the name is in it, as in the real ones. */
export function erIdentity(patient: Patient): string {
  return `${jsonIdentity(patient)},"patient_name":${asciiJson(patient.name)}`;
}

/** A JSON text of ASCII alone: the simulator writes a byte a character. */
function asciiJson(text: string): string {
  return JSON.stringify(text).replace(/[^\x20-\x7e]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/**
 * One reading as an emergency department's system sends it (docs/message-format.md): flat, the temperature in Fahrenheit.
 *
 * @param identity of {@link erIdentity}
 * @param time event time, epoch ms
 * @returns the text without a line end
 */
export function erMessage(id: string, identity: string, time: number, reading: MonitorReading): string {
  const { temperature } = reading;
  const rest = JSON.stringify({
    timestamp: new Date(time).toISOString(),
    sequence: reading.sequence,
    heart_rate: reading.heart_rate,
    respiratory_rate: reading.respiratory_rate,
    spo2: reading.spo2,
    systolic_bp: reading.systolic_bp,
    diastolic_bp: reading.diastolic_bp,
    temperature: temperature === null ? null : fahrenheit(temperature),
    glucose: reading.glucose,
    supplemental_oxygen: reading.supplemental_oxygen,
    consciousness: reading.consciousness,
    ...(reading.lead_off ? { lead_off: true } : {}),
    ...(reading.probe_off ? { probe_off: true } : {}),
  });
  return `{"message_id":"${id}",${identity},${rest.slice(1)}`;
}

/**
 * A hundredth of a degree Celsius is 0.018 degrees Fahrenheit: three digits give it back exactly. What is no temperature in
 * Celsius is sent as it is: the 0 of a probe that is off, a device's sentinel, a value that was in Fahrenheit already.
 */
function fahrenheit(celsius: number): number {
  return celsius < 20 || celsius > 50 ? celsius : Math.round((celsius * 9 * 1000) / 5 + 32_000) / 1000;
}
