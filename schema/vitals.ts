import type { Column } from './column.js';

/**
 * The vital signs, in the order in which every row, report and chart shows them.
 *
 * `scale` is the number of decimal digits that decode rounds to (half-up); combiners add integers scaled by it.
 * LOINC and UCUM codes: see docs/data-dictionary.md.
 */
export const VITALS = [
  { name: 'heart_rate', unit: '/min', scale: 0, loinc: '8867-4', description: 'Heart rate' },
  { name: 'respiratory_rate', unit: '/min', scale: 0, loinc: '9279-1', description: 'Respiratory rate' },
  { name: 'spo2', unit: '%', scale: 0, loinc: '59408-5', description: 'Oxygen saturation by pulse oximetry' },
  { name: 'systolic_bp', unit: 'mm[Hg]', scale: 0, loinc: '8480-6', description: 'Systolic blood pressure' },
  { name: 'diastolic_bp', unit: 'mm[Hg]', scale: 0, loinc: '8462-4', description: 'Diastolic blood pressure' },
  { name: 'mean_bp', unit: 'mm[Hg]', scale: 1, loinc: '8478-0', description: 'Measured mean blood pressure' },
  { name: 'temperature', unit: 'Cel', scale: 2, loinc: '8310-5', description: 'Body temperature' },
  { name: 'glucose', unit: 'mg/dL', scale: 1, loinc: '2339-0', description: 'Blood glucose' },
] as const;

export type VitalName = (typeof VITALS)[number]['name'];

export const VITAL_NAMES: readonly VitalName[] = VITALS.map((vital) => vital.name);

/** A value for each vital; null means missing, never zero. */
export type VitalValues = { [V in VitalName]: number | null };

type VitalColumn<V extends (typeof VITALS)[number]> = V extends (typeof VITALS)[number]
  ? {
      readonly name: V['name'];
      readonly type: V['scale'] extends 0 ? 'int32' : 'float64';
      readonly required: false;
      readonly description: string;
      readonly unit: string;
      readonly scale: number;
      readonly hashed: true;
    }
  : never;

/** One nullable column a vital: whole numbers where the scale is 0. */
export const VITAL_COLUMNS = VITALS.map((vital) => ({
  name: vital.name,
  type: vital.scale === 0 ? 'int32' : 'float64',
  required: false,
  description: vital.description,
  unit: vital.unit,
  scale: vital.scale,
  hashed: true,
})) as unknown as readonly VitalColumn<(typeof VITALS)[number]>[] satisfies readonly Column[];
