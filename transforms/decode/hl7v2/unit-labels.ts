import type { VitalName } from '../../../schema/vitals.js';
import { unitOf, type Unit } from '../../units.js';
import type { Delimiters } from './delimiters.js';
import { component } from './segments.js';

/** Texts that monitors and HL7's own ISO+ units use, without case: each means one unit. UCUM codes are read as they are. */
const TEXTS: ReadonlyMap<string, Unit> = new Map<string, Unit>([
  ['/min', '/min'],
  ['bpm', '/min'],
  ['rpm', '/min'],
  ['beats/min', '/min'],
  ['beat/min', '/min'],
  ['breaths/min', '/min'],
  ['resp/min', '/min'],
  ['{beats}/min', '/min'],
  ['percent', '%'],
  ['mmhg', 'mm[Hg]'],
  ['mm hg', 'mm[Hg]'],
  ['mm[hg]', 'mm[Hg]'],
  ['mm(hg)', 'mm[Hg]'],
  ['kpa', 'kPa'],
  ['cel', 'Cel'],
  ['c', 'Cel'],
  ['degc', 'Cel'],
  ['deg c', 'Cel'],
  ['\u00b0c', 'Cel'],
  ['[degf]', '[degF]'],
  ['f', '[degF]'],
  ['degf', '[degF]'],
  ['deg f', '[degF]'],
  ['\u00b0f', '[degF]'],
  ['mg/dl', 'mg/dL'],
  ['mmol/l', 'mmol/L'],
]);

/** MDC dimensions, context-free number and reference identifier (ISO/IEEE 11073-10101, annex A.6). */
const MDC: ReadonlyMap<string, Unit> = new Map<string, Unit>([
  ['262688', '%'],
  ['MDC_DIM_PERCENT', '%'],
  ['264864', '/min'],
  ['MDC_DIM_BEAT_PER_MIN', '/min'],
  ['264928', '/min'],
  ['MDC_DIM_RESP_PER_MIN', '/min'],
  ['266016', 'mm[Hg]'],
  ['MDC_DIM_MMHG', 'mm[Hg]'],
  ['265987', 'kPa'],
  ['MDC_DIM_KILO_PASCAL', 'kPa'],
  ['268192', 'Cel'],
  ['MDC_DIM_DEGC', 'Cel'],
  ['266560', '[degF]'],
  ['MDC_DIM_FAHR', '[degF]'],
  ['264274', 'mg/dL'],
  ['MDC_DIM_MILLI_G_PER_DL', 'mg/dL'],
  ['266866', 'mmol/L'],
  ['MDC_DIM_MILLI_MOLE_PER_L', 'mmol/L'],
]);

const LITRES_PER_MINUTE: ReadonlySet<string> = new Set(['l/min', 'lpm', '265216', 'mdc_dim_l_per_min']);

/**
 * The unit that OBX-6 names for a vital: by its code, its text, or its alternate code.
 * @returns undefined when OBX-6 is empty; null when it names none that the vital can have (reject UNIT)
 */
export function unitLabel(vital: VitalName, field: string, delimiters: Delimiters): Unit | null | undefined {
  const labels = labelsOf(field, delimiters);
  if (labels.length === 0) return undefined;
  for (const label of labels) {
    const unit = MDC.get(label) ?? TEXTS.get(label.toLowerCase()) ?? label;
    const known = unitOf(vital, unit);
    if (known !== null) return known;
  }
  return null;
}

/** True when OBX-6 leaves an oxygen flow in litres a minute, or is silent. */
export function isLitresPerMinute(field: string, delimiters: Delimiters): boolean {
  const labels = labelsOf(field, delimiters);
  return labels.length === 0 || labels.some((label) => LITRES_PER_MINUTE.has(label.toLowerCase()));
}

/** Code, text and alternate code of a coded element. */
function labelsOf(field: string, delimiters: Delimiters): readonly string[] {
  return [1, 2, 4].map((n) => component(field, n, delimiters)).filter((label) => label !== '');
}
