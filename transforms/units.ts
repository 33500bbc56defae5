import type { VitalName } from '../schema/vitals.js';

/** The units (UCUM codes) that a vital may be labelled with; kelvin is known only to be refused (row 34). */
export type Unit = '/min' | '%' | '1' | 'mm[Hg]' | 'kPa' | 'Cel' | '[degF]' | 'mg/dL' | 'mmol/L';

/** The conventional millimetre of mercury is 133.322387415 Pa (NIST Special Publication 811, appendix B.8, to 7 digits). */
export const MMHG_PER_KPA = 1000 / 133.322387415;

/** mg/dL of glucose in 1 mmol/L: the customary factor; the molar mass of glucose, 180.156 g/mol, gives 18.016. */
export const GLUCOSE_MGDL_PER_MMOLL = 18.0182;

const RATE: Readonly<Record<string, Unit>> = { '/min': '/min', '1/min': '/min', bpm: '/min' };
const PRESSURE: Readonly<Record<string, Unit>> = { 'mm[Hg]': 'mm[Hg]', mmHg: 'mm[Hg]', kPa: 'kPa' };

/** Accepted labels: the UCUM code, and what people write instead of it where that cannot be misread. */
const LABELS: Record<VitalName, ReadonlyMap<string, Unit>> = {
  heart_rate: new Map(Object.entries(RATE)),
  respiratory_rate: new Map(Object.entries(RATE)),
  spo2: new Map<string, Unit>([
    ['%', '%'],
    ['1', '1'],
  ]),
  systolic_bp: new Map(Object.entries(PRESSURE)),
  diastolic_bp: new Map(Object.entries(PRESSURE)),
  mean_bp: new Map(Object.entries(PRESSURE)),
  temperature: new Map<string, Unit>([
    ['Cel', 'Cel'],
    ['C', 'Cel'],
    ['degC', 'Cel'],
    ['\u00b0C', 'Cel'],
    ['[degF]', '[degF]'],
    ['F', '[degF]'],
    ['degF', '[degF]'],
    ['\u00b0F', '[degF]'],
  ]),
  glucose: new Map<string, Unit>([
    ['mg/dL', 'mg/dL'],
    ['mg/dl', 'mg/dL'],
    ['mmol/L', 'mmol/L'],
    ['mmol/l', 'mmol/L'],
  ]),
};

/** UCUM annotations say what is counted, not in which unit: `{beats}/min` is `/min`. */
const ANNOTATION = /^\{[^{}]*\}(?=\/)/;

/**
 * Reads a unit label.
 * @returns the unit, or null when the vital has no such unit (reject UNIT)
 */
export function unitOf(vital: VitalName, label: string): Unit | null {
  return LABELS[vital].get(label.replace(ANNOTATION, '')) ?? null;
}

/** Converts a value to the canonical unit of its vital (schema/vitals.ts). */
export function toCanonicalUnit(value: number, unit: Unit): number {
  switch (unit) {
    case '[degF]':
      return ((value - 32) * 5) / 9;
    case 'kPa':
      return value * MMHG_PER_KPA;
    case 'mmol/L':
      return value * GLUCOSE_MGDL_PER_MMOLL;
    case '1':
      return value * 100;
    default:
      return value;
  }
}

/** The flag that a conversion leaves; null where the unit is the canonical one. */
export function conversionFlag(unit: Unit): string | null {
  switch (unit) {
    case '[degF]':
      return 'F_TO_C';
    case 'kPa':
      return 'KPA_TO_MMHG';
    case 'mmol/L':
      return 'MMOL_TO_MGDL';
    case '1':
      return 'FRACTION';
    default:
      return null;
  }
}
