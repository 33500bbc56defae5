import type { Reading } from './reading.js';

/**
 * One canonical reading as a line of JSON (INTERFACES.md): keys in their fixed order, event time in ISO 8601 UTC with
 * milliseconds, null where a value is absent, `{}` where nothing was flagged. Without a line break.
 */
export function toCanonicalJson(reading: Reading): string {
  return JSON.stringify({
    patient_id: reading.patient_id,
    device_id: reading.device_id,
    ward: reading.ward,
    bed: reading.bed,
    event_time: new Date(reading.event_time).toISOString(),
    sequence: reading.sequence,
    status: reading.status,
    heart_rate: reading.heart_rate,
    respiratory_rate: reading.respiratory_rate,
    spo2: reading.spo2,
    systolic_bp: reading.systolic_bp,
    diastolic_bp: reading.diastolic_bp,
    mean_bp: reading.mean_bp,
    temperature: reading.temperature,
    glucose: reading.glucose,
    supplemental_oxygen: reading.supplemental_oxygen,
    consciousness: reading.consciousness,
    spo2_scale: reading.spo2_scale,
    flags: reading.flags ?? {},
  });
}
