import { RefusedValue } from './refused-value.js';
import type { WireRecord } from './wire-record.js';

/** `120/80`: systolic, then diastolic. */
const PAIR = /^\s*(\d{1,3}(?:\.\d+)?)\s*\/\s*(\d{1,3}(?:\.\d+)?)\s*$/;
const LONGEST_PAIR = 32;

/**
 * Takes the member `blood_pressure` apart, an object `{systolic, diastolic}` or `120/80`, into the fields that JSON v1
 * has. A field that has a value of its own keeps it. Anything else counts as two pressures that are no numbers (TYPE).
 */
export function splitBloodPressure(record: WireRecord): void {
  const pressure = record.extras?.blood_pressure;
  if (pressure === undefined || pressure === null) return;
  const { systolic, diastolic } = pairOf(pressure);
  record.systolic_bp ??= systolic;
  record.diastolic_bp ??= diastolic;
}

interface Pair {
  readonly systolic?: unknown;
  readonly diastolic?: unknown;
}

function pairOf(pressure: unknown): Pair {
  if (typeof pressure === 'object' && !Array.isArray(pressure)) return pressure as Pair;
  const match = typeof pressure === 'string' && pressure.length <= LONGEST_PAIR ? PAIR.exec(pressure) : null;
  if (match !== null) return { systolic: Number(match[1]), diastolic: Number(match[2]) };
  const neither = new RefusedValue('TYPE', 'neither systolic/diastolic nor an object of both');
  return { systolic: neither, diastolic: neither };
}
