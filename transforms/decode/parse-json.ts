import type { Reason } from '../reject.js';
import { scanStrictly } from './strict-json.js';

/** A parsed JSON object: members are of any type until a dialect has checked them. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The root object of a message, or why there is none. */
export interface ParsedJson {
  readonly root: JsonObject | null;
  readonly reason: Reason | null;
  readonly detail: string;
}

/** Stands in for a number literal of more than 1,000 characters; JSON itself cannot say NaN. */
export const OVERLONG_NUMBER = NaN;

/** Stands in for a number too small for a double; no vital is a denormal number. */
export const UNDERFLOWN_NUMBER = Number.MIN_VALUE;

/**
 * Parses one JSON object, as strictly as RELIABILITY.md asks (rows 2, 9-23).
 *
 * `JSON.parse` decides syntax, {@link scanStrictly} looks for what it passes over in silence. Its error texts quote the
 * message, so they are never repeated.
 */
export function parseJson(text: string): ParsedJson {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return refused('SYNTAX', 'not one JSON document');
  }
  if (typeof root !== 'object' || root === null || Array.isArray(root)) {
    return refused('SHAPE', 'the root is not an object');
  }
  return strict(root as Record<string, unknown>, text);
}

function strict(root: Record<string, unknown>, text: string): ParsedJson {
  const scan = scanStrictly(text);
  if (scan.reason !== null) return refused(scan.reason, scan.detail);
  for (const key of scan.overlong) root[key] = OVERLONG_NUMBER;
  for (const key of scan.underflown) root[key] = UNDERFLOWN_NUMBER;
  return { root, reason: null, detail: '' };
}

function refused(reason: Reason, detail: string): ParsedJson {
  return { root: null, reason, detail };
}
