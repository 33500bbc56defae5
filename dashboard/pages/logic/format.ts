import { VITALS, type VitalName } from '../../../schema/vitals.js';

/** What stands where there is no value: never a zero. */
export const NO_VALUE = '–';

/** UCUM codes of schema/vitals.ts, as people write them. */
const UNITS: Readonly<Record<string, string>> = { 'mm[Hg]': 'mmHg', Cel: '°C' };

const NAMES: Readonly<Record<VitalName, readonly [name: string, short: string]>> = {
  heart_rate: ['Heart rate', 'HR'],
  respiratory_rate: ['Respiratory rate', 'RR'],
  spo2: ['Oxygen saturation', 'SpO₂'],
  systolic_bp: ['Systolic pressure', 'Sys'],
  diastolic_bp: ['Diastolic pressure', 'Dia'],
  mean_bp: ['Mean pressure', 'MAP'],
  temperature: ['Temperature', 'Temp'],
  glucose: ['Glucose', 'Gluc'],
};

/** Decimal digits that a vital is shown with: what it is charted with, not what it is stored with. */
const DIGITS: Partial<Record<VitalName, number>> = { temperature: 1 };

export const unitText = (ucum: string): string => UNITS[ucum] ?? ucum;
export const vitalName = (vital: VitalName): string => NAMES[vital][0];
export const vitalShort = (vital: VitalName): string => NAMES[vital][1];
export const vitalUnit = (vital: VitalName): string =>
  unitText(VITALS.find((known) => known.name === vital)?.unit ?? '');
export const vitalDigits = (vital: VitalName): number => DIGITS[vital] ?? 0;

/** A number with its digits and thin groups; {@link NO_VALUE} for a missing one. */
export function numberText(value: number | null | undefined, digits = 0): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NO_VALUE;
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** The value of a vital, without its unit. */
export const vitalText = (vital: VitalName, value: number | null | undefined): string =>
  numberText(value, vitalDigits(vital));

/** A count in at most four characters: 987, 9.1k, 12k, 3.4M. */
export function compactText(count: number): string {
  if (count < 1_000) return String(count);
  const [scaled, suffix] = count < 999_500 ? [count / 1_000, 'k'] : [count / 1_000_000, 'M'];
  return `${scaled < 9.95 ? scaled.toFixed(1) : Math.round(scaled)}${suffix}`;
}

/** Bytes as people read them, powers of 1,024. */
export function bytesText(bytes: number | null): string {
  if (bytes === null) return NO_VALUE;
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${numberText(bytes / 1_024 ** power, power === 0 ? 0 : 1)} ${units[power]}`;
}

/** NEWS2 as the interval that it is: `7`, `3–6` when parameters are missing. */
export function intervalText(low: number | null, high: number | null): string {
  if (low === null || high === null) return NO_VALUE;
  return low === high ? String(low) : `${low}–${high}`;
}

/** Codes that are names, and are not spelled as words. */
const SPELLED: readonly (readonly [RegExp, string])[] = [
  [/\bnews2\b/g, 'NEWS2'],
  [/\bspo2\b/g, 'SpO₂'],
  [/\bbp\b/g, 'pressure'],
  [/\bcopd\b/g, 'COPD'],
];

/** `severe_hypoglycaemia` as words. */
export const wordsText = (code: string): string =>
  SPELLED.reduce((words, [pattern, name]) => words.replace(pattern, name), code.replaceAll('_', ' '));

/** Where a patient lies: many beds carry the name of their ward already. `otherwise` for a patient without either. */
export function placeText(ward: string | null, bed: string | null, otherwise: string): string {
  if (ward === null || (bed ?? '').startsWith(ward)) return bed || ward || otherwise;
  return bed ? `${ward} ${bed}` : ward;
}
