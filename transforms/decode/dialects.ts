import { CSV } from './csv.js';
import type { ObjectDialect, TextDialect } from './dialect.js';
import { ER } from './er.js';
import { FHIR } from './fhir/fhir.js';
import { HL7V2 } from './hl7v2/index.js';
import { JSON_V1 } from './json-v1.js';
import { WEARABLE } from './wearable.js';

/** Text dialects; the first that recognises undeclared text reads it. A new dialect is a file and a line here. */
export const TEXT_DIALECTS: readonly TextDialect[] = [CSV, HL7V2];

/** Dialects of JSON objects; the first that recognises an undeclared object reads it, so JSON v1 stands last. */
export const OBJECT_DIALECTS: readonly ObjectDialect[] = [FHIR, ER, WEARABLE, JSON_V1];

/** The dialect of a declared name, or null when there is none. */
export function dialectOf(name: string): TextDialect | ObjectDialect | null {
  for (const dialect of OBJECT_DIALECTS) if (dialect.name === name) return dialect;
  for (const dialect of TEXT_DIALECTS) if (dialect.name === name) return dialect;
  return null;
}
