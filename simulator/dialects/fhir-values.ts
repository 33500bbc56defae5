import type { Consciousness } from '../../transforms/reading.js';

const LOINC = 'http://loinc.org';
const SNOMED = 'http://snomed.info/sct';
const UCUM = 'http://unitsofmeasure.org';

/** A LOINC code and what belongs to it. */
export function component(code: string, content: string): string {
  return `"code":${concept(LOINC, code)},${content}`;
}

/** A value with its UCUM unit; null is a value that is absent. */
export function quantity(value: number | null, unit: string): string {
  return value === null ? absent('unknown') : `"valueQuantity":{"value":${value},"system":"${UCUM}","code":"${unit}"}`;
}

/** No value, and why (code system data-absent-reason). */
export function absent(reason: 'unknown' | 'error'): string {
  return `"dataAbsentReason":${concept('http://terminology.hl7.org/CodeSystem/data-absent-reason', reason)}`;
}

/** SNOMED CT findings, the same as transforms/decode/fhir/codes.ts reads. */
export const OXYGEN_FINDINGS = {
  on_oxygen: `"code":${concept(SNOMED, '371825009')}`,
  on_air: `"code":${concept(SNOMED, '722742002')}`,
} as const;

/** Level of consciousness (LOINC 80288-4) as a SNOMED CT finding. */
export const ACVPU_FINDINGS: Readonly<Record<Consciousness, string>> = {
  A: acvpu('248234008'),
  C: acvpu('130987000'),
  V: acvpu('300202002'),
  P: acvpu('450847001'),
  U: acvpu('422768004'),
};

function acvpu(finding: string): string {
  return component('80288-4', `"valueCodeableConcept":${concept(SNOMED, finding)}`);
}

function concept(system: string, code: string): string {
  return `{"coding":[{"system":"${system}","code":"${code}"}]}`;
}
