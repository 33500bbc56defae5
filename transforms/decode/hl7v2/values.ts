import type { Consciousness } from '../../reading.js';
import type { Delimiters } from './delimiters.js';
import { component } from './segments.js';

/** HL7's NM: a sign, digits and a point in any arrangement that is a number; no exponent. */
const NM = /^([+-]?)0*(\d*)(?:\.(\d*))?$/;

/** Types of OBX-2 whose first component can be a number. */
const NUMERIC_TYPES: ReadonlySet<string> = new Set(['', 'NM', 'ST', 'TX', 'FT']);

/**
 * A value as text that the common number reader takes: NM's `+72`, `.5` and `097` are numbers in HL7. Of a structured
 * number (SN) only a plain or an equal one is a value: `>^250` and `60^-^80` say less than that.
 * @returns null when the type or the structure holds no single number (reject TYPE)
 */
export function numberText(type: string, value: string, delimiters: Delimiters): string | null {
  if (type === 'SN') return structuredNumber(value, delimiters);
  return NUMERIC_TYPES.has(type) ? plainNumber(component(value, 1, delimiters)) : null;
}

/** Words for consciousness (ACVPU), without case. */
const CONSCIOUSNESS: ReadonlyMap<string, Consciousness> = new Map<string, Consciousness>([
  ['alert', 'A'],
  ['confused', 'C'],
  ['confusion', 'C'],
  ['voice', 'V'],
  ['verbal', 'V'],
  ['pain', 'P'],
  ['unresponsive', 'U'],
]);

/** Consciousness from a letter or a word, in the code or in its text; null for anything else (reject TYPE). */
export function consciousnessOf(value: string, delimiters: Delimiters): Consciousness | null {
  for (const text of [component(value, 1, delimiters), component(value, 2, delimiters)]) {
    if (text === 'A' || text === 'C' || text === 'V' || text === 'P' || text === 'U') return text;
    const word = CONSCIOUSNESS.get(text.toLowerCase());
    if (word !== undefined) return word;
  }
  return null;
}

/** Y and N of HL7 table 0136; anything else as it stands, for the common reader to refuse. */
export function truthOf(value: string, delimiters: Delimiters): boolean | string {
  const text = component(value, 1, delimiters);
  return text === 'Y' ? true : text === 'N' ? false : text;
}

function structuredNumber(value: string, delimiters: Delimiters): string | null {
  const [comparator, first, separator, second] = [1, 2, 3, 4].map((n) => component(value, n, delimiters));
  if ((comparator !== '' && comparator !== '=') || separator !== '' || second !== '') return null;
  return plainNumber(first ?? '');
}

function plainNumber(text: string): string {
  const match = NM.exec(text);
  if (match === null) return text;
  const [, sign, whole = '', fraction = ''] = match;
  if (!/\d/.test(text)) return text;
  return `${sign === '-' ? '-' : ''}${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`;
}
