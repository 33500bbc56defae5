import type { Findings } from '../findings.js';
import { RefusedValue } from './refused-value.js';
import { LONGEST_NUMBER } from './strict-json.js';

/** The JSON grammar of a number, and nothing else: `0x1F`, `98,6`, `+72` and full-width digits are no numbers. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Below it a double is denormal: no measurement, but what is left of a number too small to be held. */
const SMALLEST_NORMAL = 2.2250738585072014e-308;

/**
 * Reads a number (rows 20-31). Repairs: STRING_NUMBER (unless `textual`: a CSV cell is always text), NEGATIVE_ZERO,
 * UNDERFLOW. Refuses the field: TYPE, NONFINITE, PRECISION, or what the dialect has refused it for already.
 *
 * @returns the number as the source gave it; null when missing or refused
 */
export function readNumber(value: unknown, field: string, textual: boolean, findings: Findings): number | null {
  if (typeof value === 'number') return checkedNumber(value, field, findings);
  if (value === undefined || value === null) return null;
  if (value instanceof RefusedValue) return findings.refuse(field, value.reason, value.detail);
  if (typeof value !== 'string') return findings.refuse(field, 'TYPE', 'not a number');
  if (value.length > LONGEST_NUMBER) return findings.refuse(field, 'PRECISION', 'more than 1,000 characters');
  const text = value.trim();
  if (!NUMBER.test(text)) return findings.refuse(field, 'TYPE', 'text that is not a number');
  if (!textual) findings.flag(field, 'STRING_NUMBER');
  const number = Number(text);
  return checkedNumber(number === 0 && /^[^eE]*[1-9]/.test(text) ? Number.MIN_VALUE : number, field, findings);
}

function checkedNumber(value: number, field: string, findings: Findings): number | null {
  if (value > SMALLEST_NORMAL && value < Infinity) return value;
  if (value === 0) {
    if (Object.is(value, -0)) findings.flag(field, 'NEGATIVE_ZERO');
    return 0;
  }
  if (Number.isNaN(value)) return findings.refuse(field, 'PRECISION', 'more than 1,000 characters');
  if (!Number.isFinite(value)) return findings.refuse(field, 'NONFINITE', 'too large for a number');
  if (Math.abs(value) >= SMALLEST_NORMAL) return value;
  findings.flag(field, 'UNDERFLOW');
  return 0;
}

/** Reads a device's counter: a whole number from 0 to 2^53 - 1. Refuses the field: TYPE, PRECISION, RANGE. */
export function readSequence(value: unknown, textual: boolean, findings: Findings): number | null {
  const number = readNumber(value, 'sequence', textual, findings);
  if (number === null || (number >= 0 && Number.isSafeInteger(number))) return number;
  if (number < 0) return findings.refuse('sequence', 'RANGE', 'below 0');
  if (Number.isInteger(number)) return findings.refuse('sequence', 'PRECISION', 'a number above 2^53 loses digits');
  return findings.refuse('sequence', 'TYPE', 'not a whole number');
}

/**
 * Reads a truth value: true or false, or those words. Repairs: STRING_BOOLEAN (unless `textual`). Refuses the field: TYPE;
 * 0 and 1 are refused, since what 1 means is the sender's secret.
 */
export function readBoolean(value: unknown, field: string, textual: boolean, findings: Findings): boolean | null {
  if (typeof value === 'boolean') return value;
  if (value === undefined || value === null) return null;
  const word = typeof value === 'string' && value.length < 16 ? value.trim().toLowerCase() : '';
  if (word !== 'true' && word !== 'false') return findings.refuse(field, 'TYPE', 'neither true nor false');
  if (!textual) findings.flag(field, 'STRING_BOOLEAN');
  return word === 'true';
}
