import { escapeText } from '../../transforms/decode/hl7v2/escapes.js';
import type { Patient } from '../patients.js';
import type { MonitorReading } from '../vital-signs.js';

const DELIMITERS = { field: '|', component: '^', repetition: '~', escape: '\\', subcomponent: '&' } as const;

/**
 * The part of a message that is the same in all of a patient's readings: PID, PV1, OBR, and the OBX by which the monitor
 * names itself (OBX-18), as in IHE's Patient Care Device messages.
 */
export function hl7Identity(patient: Pick<Patient, 'patient_id' | 'device_id' | 'ward' | 'bed'>): string {
  const [id, device, ward, bed] = [patient.patient_id, patient.device_id, patient.ward, patient.bed].map((text) =>
    escapeText(text, DELIMITERS),
  );
  return (
    `PID|||${id}^^^HOSPITAL^MR\r` +
    `PV1||I|${ward}^^${bed}\r` +
    'OBR|1|||182777000^monitoring of patient^SCT\r' +
    `OBX|1||69965^MDC_DEV_MON_PHYSIO_MULTI_PARAM_MDS^MDC|1.0.0.0|||||||X|||||||${device}\r`
  );
}

/**
 * One reading as an HL7 v2.6 ORU^R01 message, the counterpart of {@link jsonMessage}: LOINC codes, UCUM units, the time in
 * MSH-7 with its zone, the monitor's counter in MSH-13. A vital that is missing is an observation without a result
 * (OBX-11 X); glucose is absent unless measured. What has no standard code (oxygen as yes or no, sensors that are off) is
 * in the coding system 99VITALS.
 *
 * @param identity of {@link hl7Identity}
 * @param time event time, epoch ms
 * @returns segments that end with CR, as HL7 says; ASCII when the identity is
 */
export function hl7Message(id: string, identity: string, time: number, reading: MonitorReading): string {
  const vital = (sub: string, code: string, value: number | null, unit: string): string =>
    `OBX||NM|${code}^LN|${sub}|${value ?? ''}|${unit}^^UCUM|||||${value === null ? 'X' : 'F'}\r`;
  return (
    `MSH|^~\\&|VITALS|SIMULATOR|||${hl7Time(time)}||ORU^R01^ORU_R01|${id}|P|2.6|${reading.sequence}\r` +
    identity +
    vital('1.1', '8867-4^Heart rate', reading.heart_rate, '/min') +
    vital('1.2', '9279-1^Respiratory rate', reading.respiratory_rate, '/min') +
    vital('1.3', '59408-5^Oxygen saturation', reading.spo2, '%') +
    vital('1.4', '8480-6^Systolic blood pressure', reading.systolic_bp, 'mm[Hg]') +
    vital('1.5', '8462-4^Diastolic blood pressure', reading.diastolic_bp, 'mm[Hg]') +
    vital('1.6', '8310-5^Body temperature', reading.temperature, 'Cel') +
    (reading.glucose === null ? '' : vital('1.7', '2339-0^Glucose', reading.glucose, 'mg/dL')) +
    own('2.1', 'supplemental_oxygen', reading.supplemental_oxygen) +
    `OBX||ST|67775-7^Level of responsiveness^LN|2.2|${reading.consciousness}||||||F\r` +
    (reading.lead_off ? own('2.3', 'lead_off', true) : '') +
    (reading.probe_off ? own('2.4', 'probe_off', true) : '')
  );
}

function own(sub: string, field: string, value: boolean): string {
  return `OBX||ID|${field}^^99VITALS|${sub}|${value ? 'Y' : 'N'}||||||F\r`;
}

/** `YYYYMMDDHHMMSS.sss+0000`. */
function hl7Time(time: number): string {
  return `${new Date(time).toISOString().slice(0, -1).replace(/[-:T]/g, '')}+0000`;
}
