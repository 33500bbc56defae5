import { quantity } from './fhir-values.js';
import type { Spoiler, SpoiltField } from './spoiler.js';

/** LOINC code and UCUM unit of each vital, as fhir.ts writes them. */
const CODES: Readonly<Record<SpoiltField, readonly [code: string, unit: string]>> = {
  heart_rate: ['8867-4', '/min'],
  respiratory_rate: ['9279-1', '/min'],
  spo2: ['59408-5', '%'],
  systolic_bp: ['8480-6', 'mm[Hg]'],
  diastolic_bp: ['8462-4', 'mm[Hg]'],
  temperature: ['8310-5', 'Cel'],
};

const SUBJECT = /"subject":\{"reference":"[^"]*"\},/g;

/** A FHIR Bundle: a value is spoilt in its valueQuantity, and a missing patient is missing in every Observation. */
export const FHIR_SPOILER: Spoiler = {
  wrongTypes: ['true', '[97]', '"fast"', '{"value":97}', '"98,6"'],
  withValue: (text, field, value) => {
    const [code, unit] = CODES[field];
    const marker = `"code":"${code}"}]},`;
    const start = text.indexOf(marker) + marker.length;
    const spoilt = quantity(0, unit).replace('"value":0', () => `"value":${value}`);
    return text.slice(0, start) + spoilt + text.slice(endOfMember(text, start));
  },
  withoutPatient: (text) => text.replace(SUBJECT, ''),
};

/** Where the value of a member ends, an object of objects without braces in its strings. */
function endOfMember(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at + 1;
  }
  return text.length;
}
