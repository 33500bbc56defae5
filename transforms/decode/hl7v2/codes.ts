import type { VitalName } from '../../../schema/vitals.js';

/** What an observation can be about: a vital, or what else a flat record says of the patient and the sensors. */
export type ObservedField = VitalName | ContextField;
export type ContextField =
  'oxygen_flow' | 'fio2' | 'consciousness' | 'supplemental_oxygen' | 'spo2_scale' | 'lead_off' | 'probe_off';

/** What a code means; of several values of one field the smallest rank is kept. */
export interface Meaning {
  readonly field: ObservedField;
  readonly rank: number;
}

/** LOINC codes (CLINICAL's table; loinc.org). 8889-8 is the pulse oximeter's rate, 8331-1 an oral temperature. */
const LOINC: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['8867-4', { field: 'heart_rate', rank: 0 }],
  ['8889-8', { field: 'heart_rate', rank: 1 }],
  ['9279-1', { field: 'respiratory_rate', rank: 0 }],
  ['59408-5', { field: 'spo2', rank: 0 }],
  ['2708-6', { field: 'spo2', rank: 1 }],
  ['8480-6', { field: 'systolic_bp', rank: 0 }],
  ['8462-4', { field: 'diastolic_bp', rank: 0 }],
  ['8478-0', { field: 'mean_bp', rank: 0 }],
  ['8310-5', { field: 'temperature', rank: 0 }],
  ['8331-1', { field: 'temperature', rank: 1 }],
  ['2339-0', { field: 'glucose', rank: 0 }],
  ['15074-8', { field: 'glucose', rank: 1 }],
  ['3151-8', { field: 'oxygen_flow', rank: 0 }],
  ['3150-6', { field: 'fio2', rank: 0 }],
  ['67775-7', { field: 'consciousness', rank: 0 }],
  ['80288-4', { field: 'consciousness', rank: 1 }],
]);

/**
 * MDC codes: context-free number, reference identifier, field (ISO/IEEE 11073-10101, and -10407, -10408, -10417 for home
 * devices). The order is the rank: ECG before pulse, arterial line before cuff, core before other sites.
 */
const MDC_ROWS: readonly (readonly [string, string, ObservedField])[] = [
  ['147842', 'MDC_ECG_HEART_RATE', 'heart_rate'],
  ['149522', 'MDC_BLD_PULS_RATE_INV', 'heart_rate'],
  ['149530', 'MDC_PULS_OXIM_PULS_RATE', 'heart_rate'],
  ['149514', 'MDC_PULS_RATE', 'heart_rate'],
  ['149546', 'MDC_PULS_RATE_NON_INV', 'heart_rate'],
  ['151562', 'MDC_RESP_RATE', 'respiratory_rate'],
  ['151578', 'MDC_TTHOR_RESP_RATE', 'respiratory_rate'],
  ['150456', 'MDC_PULS_OXIM_SAT_O2', 'spo2'],
  ['150033', 'MDC_PRESS_BLD_ART_SYS', 'systolic_bp'],
  ['150034', 'MDC_PRESS_BLD_ART_DIA', 'diastolic_bp'],
  ['150035', 'MDC_PRESS_BLD_ART_MEAN', 'mean_bp'],
  ['150037', 'MDC_PRESS_BLD_ART_ABP_SYS', 'systolic_bp'],
  ['150038', 'MDC_PRESS_BLD_ART_ABP_DIA', 'diastolic_bp'],
  ['150039', 'MDC_PRESS_BLD_ART_ABP_MEAN', 'mean_bp'],
  ['150021', 'MDC_PRESS_BLD_NONINV_SYS', 'systolic_bp'],
  ['150022', 'MDC_PRESS_BLD_NONINV_DIA', 'diastolic_bp'],
  ['150023', 'MDC_PRESS_BLD_NONINV_MEAN', 'mean_bp'],
  ['150301', 'MDC_PRESS_CUFF_SYS', 'systolic_bp'],
  ['150302', 'MDC_PRESS_CUFF_DIA', 'diastolic_bp'],
  ['150303', 'MDC_PRESS_CUFF_MEAN', 'mean_bp'],
  ['150017', 'MDC_PRESS_BLD_SYS', 'systolic_bp'],
  ['150018', 'MDC_PRESS_BLD_DIA', 'diastolic_bp'],
  ['150019', 'MDC_PRESS_BLD_MEAN', 'mean_bp'],
  ['150364', 'MDC_TEMP_BODY', 'temperature'],
  ['150344', 'MDC_TEMP', 'temperature'],
  ['160200', 'MDC_CONC_GLU_ARTERIAL_WHOLEBLOOD', 'glucose'],
  ['160204', 'MDC_CONC_GLU_ARTERIAL_PLASMA', 'glucose'],
  ['160192', 'MDC_CONC_GLU_VENOUS_WHOLEBLOOD', 'glucose'],
  ['160196', 'MDC_CONC_GLU_VENOUS_PLASMA', 'glucose'],
  ['160184', 'MDC_CONC_GLU_CAPILLARY_WHOLEBLOOD', 'glucose'],
  ['160188', 'MDC_CONC_GLU_CAPILLARY_PLASMA', 'glucose'],
];
const MDC_NUMBERS = new Map(MDC_ROWS.map(([number, , field], rank) => [number, { field, rank }]));
const MDC_NAMES = new Map(MDC_ROWS.map(([, name, field], rank) => [name, { field, rank }]));

/** What no standard code says: this project's own coding system (a local one, 99xxx, as HL7 table 0396 provides). */
export const OWN_SYSTEM = '99VITALS';
const OWN: ReadonlyMap<string, Meaning> = new Map(
  (['supplemental_oxygen', 'spo2_scale', 'lead_off', 'probe_off'] as const).map((field) => [field, { field, rank: 0 }]),
);

/** A meaning, and whether it was found by the name beside an unknown number (flag ALIAS) or is contradicted by it. */
export interface Coded extends Meaning {
  readonly byName: boolean;
  /** Number and name are of different vitals: which was measured is not certain (AMBIGUOUS). */
  readonly contradicted: boolean;
}

/**
 * What a code, its text and its coding system mean; null for whatever is no vital. Without a system only the form of a
 * LOINC code, or a text that is an MDC reference identifier, says which it is.
 */
export function meaningOf(code: string, text: string, system: string): Coded | null {
  if (system === 'LN' || (system === '' && LOINC.has(code))) return plain(LOINC.get(code));
  if (system === OWN_SYSTEM) return plain(OWN.get(code));
  if (system === 'MDC' || (system === '' && text.startsWith('MDC_'))) return mdcMeaning(code, text);
  return null;
}

function plain(meaning: Meaning | undefined): Coded | null {
  return meaning === undefined ? null : { ...meaning, byName: false, contradicted: false };
}

/** The number says what was measured; some monitors send a neighbour's number with the right name, so the name is held against it. */
function mdcMeaning(code: string, text: string): Coded | null {
  const name = MDC_NAMES.get(text);
  const number = MDC_NUMBERS.get(code) ?? MDC_NAMES.get(code);
  if (number === undefined) return name === undefined ? null : { ...name, byName: true, contradicted: false };
  return { ...number, byName: false, contradicted: name !== undefined && name.field !== number.field };
}
