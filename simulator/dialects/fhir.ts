import type { Patient } from '../patients.js';
import type { MonitorReading } from '../vital-signs.js';
import { ACVPU_FINDINGS, absent, component, OXYGEN_FINDINGS, quantity } from './fhir-values.js';

/** The part of an Observation that is the same in all of a patient's readings. */
export function fhirIdentity({ patient_id, device_id }: Patient): string {
  return `"subject":{"reference":"Patient/${patient_id}"},"device":{"reference":"Device/${device_id}"}`;
}

/**
 * One reading as a FHIR R4 Bundle of the Observations that a monitor gateway sends: one a vital, blood pressure as a panel.
 * FHIR has no place for ward, bed and sequence in an Observation. A 0 of a sensor that is off is a value that is absent.
 *
 * @param id the Observations' ids begin with it
 * @param identity of {@link fhirIdentity}
 * @param time event time, epoch ms
 * @returns the text without a line end; ASCII
 */
export function fhirMessage(id: string, identity: string, time: number, reading: MonitorReading): string {
  const shared = `${identity},"effectiveDateTime":"${new Date(time).toISOString()}"`;
  const entries = observationsOf(reading).map(
    ([suffix, content]) =>
      `{"resource":{"resourceType":"Observation","id":"${id}-${suffix}","status":"final",${shared},${content}}}`,
  );
  return `{"resourceType":"Bundle","type":"collection","entry":[${entries.join()}]}`;
}

/** Suffix of the id, and what one Observation has of its own. */
function observationsOf(reading: MonitorReading): (readonly [string, string])[] {
  const { lead_off: lead, probe_off: probe } = reading;
  const loose = lead || probe;
  const vital = (code: string, unit: string, value: number | null, off: boolean): string =>
    component(code, off && value === 0 ? absent('error') : quantity(value, unit));
  const pressures = [
    `{${vital('8480-6', 'mm[Hg]', reading.systolic_bp, loose)}}`,
    `{${vital('8462-4', 'mm[Hg]', reading.diastolic_bp, loose)}}`,
  ];
  return [
    ['hr', vital('8867-4', '/min', reading.heart_rate, lead)],
    ['rr', vital('9279-1', '/min', reading.respiratory_rate, lead)],
    ['spo2', vital('59408-5', '%', reading.spo2, loose)],
    ['bp', component('85354-9', `"component":[${pressures.join()}]`)],
    ['temp', vital('8310-5', 'Cel', reading.temperature, loose)],
    ...(reading.glucose === null ? [] : [['glu', vital('2339-0', 'mg/dL', reading.glucose, loose)] as const]),
    ['o2', OXYGEN_FINDINGS[reading.supplemental_oxygen ? 'on_oxygen' : 'on_air']],
    ['acvpu', ACVPU_FINDINGS[reading.consciousness]],
  ];
}
