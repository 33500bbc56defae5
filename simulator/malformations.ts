import type { DialectName } from './dialects/dialect.js';
import { FHIR_SPOILER } from './dialects/spoil-fhir.js';
import { HL7_SPOILER } from './dialects/spoil-hl7v2.js';
import { JSON_SPOILER, WEARABLE_SPOILER } from './dialects/spoil-json.js';
import type { Spoiler } from './dialects/spoiler.js';
import { weightedChoice, type Random } from './random.js';

/** A way to spoil a message, and how often it is the one. */
interface Malformation {
  readonly kind: string;
  readonly weight: number;
  readonly spoil: (text: string, random: Random, spoiler: Spoiler) => string;
}

/** Values that no living adult shows, none of them a device's sentinel; also in degrees Fahrenheit (`er`). */
const IMPOSSIBLE = [
  ['heart_rate', 412],
  ['respiratory_rate', 180],
  ['spo2', 134],
  ['systolic_bp', 480],
  ['diastolic_bp', -20],
  ['temperature', 61.3],
] as const;

/**
 * The mixture of `--malformed`. Truncated and garbage messages are lost whole (SYNTAX, ENCODING), so are those without a
 * patient (NO_PATIENT); an impossible value or a wrong type costs one field (RANGE, TYPE), the rest is a good reading.
 * HL7 v2 has no mark at the end of a message: one that is cut within its observations is a reading of what is left.
 */
export const MALFORMATIONS: readonly Malformation[] = [
  { kind: 'truncated', weight: 0.4, spoil: truncate },
  { kind: 'garbage', weight: 0.15, spoil: garbage },
  { kind: 'out_of_range', weight: 0.2, spoil: outOfRange },
  { kind: 'wrong_type', weight: 0.15, spoil: wrongType },
  { kind: 'missing_patient', weight: 0.1, spoil: (text, _random, spoiler) => spoiler.withoutPatient(text) },
];

const SPOILERS: Readonly<Record<DialectName, Spoiler>> = {
  json: JSON_SPOILER,
  fhir: FHIR_SPOILER,
  hl7v2: HL7_SPOILER,
  er: JSON_SPOILER,
  wearable: WEARABLE_SPOILER,
};

/** Spoils a message that the simulator wrote in one of the ways of {@link MALFORMATIONS}. Never yields a line feed. */
export function malform(
  text: string,
  random: Random,
  dialect: DialectName = 'json',
): { readonly kind: string; readonly text: string } {
  const { kind, spoil } = weightedChoice(MALFORMATIONS, (each) => each.weight, random.uniform());
  return { kind, text: spoil(text, random, SPOILERS[dialect]) };
}

function truncate(text: string, random: Random): string {
  return text.slice(0, 2 + random.index(text.length - 3));
}

/** Bytes (one a character) from 0x21 to 0xFF, the first of which no UTF-8 text holds. */
function garbage(_text: string, random: Random): string {
  const length = 20 + random.index(180);
  return '\xff' + Array.from({ length }, () => String.fromCharCode(0x21 + random.index(0xff - 0x21))).join('');
}

function outOfRange(text: string, random: Random, spoiler: Spoiler): string {
  const [field, value] = IMPOSSIBLE[random.index(IMPOSSIBLE.length)] as (typeof IMPOSSIBLE)[number];
  return spoiler.withValue(text, field, String(value));
}

function wrongType(text: string, random: Random, spoiler: Spoiler): string {
  const { wrongTypes } = spoiler;
  const [field] = IMPOSSIBLE[random.index(IMPOSSIBLE.length)] as (typeof IMPOSSIBLE)[number];
  return spoiler.withValue(text, field, wrongTypes[random.index(wrongTypes.length)] as string);
}
