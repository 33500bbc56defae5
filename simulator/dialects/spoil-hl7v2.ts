import type { Spoiler, SpoiltField } from './spoiler.js';

/** LOINC codes of OBX-3, as hl7v2.ts writes them. */
const CODES: Readonly<Record<SpoiltField, string>> = {
  heart_rate: '8867-4',
  respiratory_rate: '9279-1',
  spo2: '59408-5',
  systolic_bp: '8480-6',
  diastolic_bp: '8462-4',
  temperature: '8310-5',
};

const OBSERVATION_VALUE = 5;
const OBSERVATION_STATUS = 11;

/** An HL7 v2 message: a value is spoilt in OBX-5, whose status becomes F; a missing patient is an empty PID-3. */
export const HL7_SPOILER: Spoiler = {
  wrongTypes: ['true', '[97]', 'fast', 'value=97', '98,6'],
  withValue: (text, field, value) =>
    text
      .split('\r')
      .map((segment) => {
        const fields = segment.split('|');
        if (fields[0] !== 'OBX' || !fields[3]?.startsWith(`${CODES[field]}^`)) return segment;
        fields[OBSERVATION_VALUE] = value;
        fields[OBSERVATION_STATUS] = 'F';
        return fields.join('|');
      })
      .join('\r'),
  withoutPatient: (text) => text.replace(/\rPID\|[^\r]*/, '\rPID|'),
};
