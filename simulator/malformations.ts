import { weightedChoice, type Random } from './random.js';

/** A way to spoil a message, and how often it is the one. */
interface Malformation {
  readonly kind: string;
  readonly weight: number;
  readonly spoil: (text: string, random: Random) => string;
}

/** Values that no living adult shows, none of them a device's sentinel. */
const IMPOSSIBLE = [
  ['heart_rate', 412],
  ['respiratory_rate', 180],
  ['spo2', 134],
  ['systolic_bp', 480],
  ['diastolic_bp', -20],
  ['temperature', 61.3],
] as const;

const WRONG_TYPES = ['true', '[97]', '"fast"', '{"value":97}', '"98,6"'] as const;

/**
 * The mixture of `--malformed`. Truncated and garbage messages are lost whole (SYNTAX, ENCODING), so are those without a
 * patient (NO_PATIENT); an impossible value or a wrong type costs one field (RANGE, TYPE), the rest is a good reading.
 */
export const MALFORMATIONS: readonly Malformation[] = [
  { kind: 'truncated', weight: 0.4, spoil: truncate },
  { kind: 'garbage', weight: 0.15, spoil: garbage },
  { kind: 'out_of_range', weight: 0.2, spoil: outOfRange },
  { kind: 'wrong_type', weight: 0.15, spoil: wrongType },
  { kind: 'missing_patient', weight: 0.1, spoil: withoutPatient },
];

/** Spoils a JSON v1 message in one of the ways of {@link MALFORMATIONS}. Never yields a line end. */
export function malform(text: string, random: Random): { readonly kind: string; readonly text: string } {
  const { kind, spoil } = weightedChoice(MALFORMATIONS, (each) => each.weight, random.uniform());
  return { kind, text: spoil(text, random) };
}

function truncate(text: string, random: Random): string {
  return text.slice(0, 2 + random.index(text.length - 3));
}

/** Bytes (one a character) from 0x21 to 0xFF, the first of which no UTF-8 text holds. */
function garbage(_text: string, random: Random): string {
  const length = 20 + random.index(180);
  return '\xff' + Array.from({ length }, () => String.fromCharCode(0x21 + random.index(0xff - 0x21))).join('');
}

function outOfRange(text: string, random: Random): string {
  const [field, value] = IMPOSSIBLE[random.index(IMPOSSIBLE.length)] as (typeof IMPOSSIBLE)[number];
  return withValue(text, field, String(value));
}

function wrongType(text: string, random: Random): string {
  const [field] = IMPOSSIBLE[random.index(IMPOSSIBLE.length)] as (typeof IMPOSSIBLE)[number];
  return withValue(text, field, WRONG_TYPES[random.index(WRONG_TYPES.length)] as string);
}

function withValue(text: string, field: string, value: string): string {
  const start = text.indexOf(`"${field}":`) + field.length + 3;
  return text.slice(0, start) + value + text.slice(text.indexOf(',', start));
}

function withoutPatient(text: string): string {
  const start = text.indexOf('"patient_id":');
  return text.slice(0, start) + text.slice(text.indexOf(',', start) + 1);
}
