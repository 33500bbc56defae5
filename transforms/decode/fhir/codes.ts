import type { VitalName } from '../../../schema/vitals.js';
import type { Consciousness } from '../../reading.js';
import { asObject, objectsOf } from './members.js';

/** What an Observation or a component measures; `panel` holds measures and is none. */
export type Measure = VitalName | 'oxygen_flow' | 'fio2' | 'consciousness' | 'on_oxygen' | 'on_air' | 'panel';

export const LOINC = 'http://loinc.org';
export const SNOMED = 'http://snomed.info/sct';

/** LOINC codes of the FHIR R4 vital-signs profiles and US Core, with the more special ones seen beside them. */
const LOINC_MEASURES: ReadonlyMap<unknown, Measure> = new Map<unknown, Measure>([
  ['8867-4', 'heart_rate'],
  ['8889-8', 'heart_rate'],
  ['9279-1', 'respiratory_rate'],
  ['2708-6', 'spo2'],
  ['59408-5', 'spo2'],
  ['8480-6', 'systolic_bp'],
  ['8462-4', 'diastolic_bp'],
  ['8478-0', 'mean_bp'],
  ['8310-5', 'temperature'],
  ['8331-1', 'temperature'],
  ['2339-0', 'glucose'],
  ['15074-8', 'glucose'],
  ['3151-8', 'oxygen_flow'],
  ['3150-6', 'fio2'],
  ['67775-7', 'consciousness'],
  ['80288-4', 'consciousness'],
  ['85354-9', 'panel'],
  ['85353-1', 'panel'],
  ['8716-3', 'panel'],
]);

/**
 * SNOMED CT codes where LOINC has none. 1104441000000107 and 722742002 stand in published profiles of NEWS2; 371825009 (patient on oxygen) was
 * not checked against a release of SNOMED CT.
 */
const SNOMED_MEASURES: ReadonlyMap<unknown, Measure> = new Map<unknown, Measure>([
  ['1104441000000107', 'consciousness'],
  ['371825009', 'on_oxygen'],
  ['722742002', 'on_air'],
]);

/** ACVPU as SNOMED CT findings. 248234008 stands in published profiles; the others were not checked against a release of SNOMED CT. */
const SNOMED_ACVPU: ReadonlyMap<unknown, Consciousness> = new Map<unknown, Consciousness>([
  ['248234008', 'A'],
  ['130987000', 'C'],
  ['300202002', 'V'],
  ['450847001', 'P'],
  ['422768004', 'U'],
]);

/** What a code means to this project: nothing, one measure, or several that contradict each other. */
export function measuresOf(code: unknown): ReadonlySet<Measure> {
  const found = new Set<Measure>();
  for (const coding of objectsOf(asObject(code)?.coding)) {
    const table = coding.system === LOINC ? LOINC_MEASURES : coding.system === SNOMED ? SNOMED_MEASURES : null;
    const measure = table?.get(coding.code);
    if (measure !== undefined) found.add(measure);
  }
  return found;
}

/** The letter of a level of consciousness: a SNOMED CT finding, else the concept's own text; null when it is neither. */
export function acvpuOf(concept: unknown): unknown {
  for (const coding of objectsOf(asObject(concept)?.coding)) {
    const letter = coding.system === SNOMED ? SNOMED_ACVPU.get(coding.code) : undefined;
    if (letter !== undefined) return letter;
  }
  return asObject(concept)?.text ?? null;
}
