import { isPrototypeKey, isReservedKey } from './strict-json.js';

/** An object of names and labels in plain ASCII, without escapes, commas or braces in them: `{"temperature":"[degF]"}`. */
const PLAIN_UNITS = /^\{"\w+":"[ !#-+\--[\]-z|~]*"(?:,"\w+":"[ !#-+\--[\]-z|~]*")*\}$/;

/** A plain `units` object and the position behind it. */
export interface FlatUnits {
  readonly units: Readonly<Record<string, unknown>>;
  readonly end: number;
}

/**
 * Reads the one object that a flat message may hold, `units`, if it is plain and has no name twice.
 * @returns null to decline, like parseFlat: then the strict parser judges the message
 */
export function readFlatUnits(text: string, start: number): FlatUnits | null {
  const end = text.indexOf('}', start) + 1;
  const part = text.slice(start, end);
  if (!PLAIN_UNITS.test(part)) return null;
  const units = JSON.parse(part) as Record<string, unknown>;
  let names = 0;
  for (const name in units) {
    if (isPrototypeKey(name) || isReservedKey(name)) return null;
    names++;
  }
  return part.split(',').length === names ? { units, end } : null;
}
