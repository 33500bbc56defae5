import {
  DuckDBArrayValue,
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBValue,
} from '@duckdb/node-api';

/** A value of a query result, ready for JSON. */
export type Cell = string | number | boolean | null | readonly Cell[] | { readonly [name: string]: Cell };

const MICROS_PER_MILLI = 1_000n;
const NANOS_PER_MILLI = 1_000_000n;
const MILLIS_PER_SECOND = 1_000n;
const MILLIS_PER_DAY = 86_400_000;
/** Decimals of at most this many digits are exact enough as a double. */
const EXACT_DECIMAL_DIGITS = 15;

/**
 * A DuckDB value as JSON holds it: timestamps as ISO UTC with milliseconds, dates as `YYYY-MM-DD`, integers as numbers
 * where a double holds them exactly and as strings beyond, blobs as base64, not-a-number and infinities as strings.
 */
export function toCell(value: DuckDBValue): Cell {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') return integerCell(value);
  if (value instanceof DuckDBTimestampTZValue || value instanceof DuckDBTimestampValue) {
    return isoCell(value.micros / MICROS_PER_MILLI, value);
  }
  if (value instanceof DuckDBDateValue) return dateCell(value);
  if (value instanceof DuckDBBlobValue) return Buffer.from(value.bytes).toString('base64');
  return toRareCell(value);
}

function toRareCell(value: Exclude<DuckDBValue, null | string | number | boolean | bigint>): Cell {
  if (value instanceof DuckDBDecimalValue) {
    return value.width <= EXACT_DECIMAL_DIGITS ? value.toDouble() : value.toString();
  }
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) return value.items.map(toCell);
  if (value instanceof DuckDBStructValue) {
    return Object.fromEntries(Object.entries(value.entries).map(([name, entry]) => [name, toCell(entry)]));
  }
  if (value instanceof DuckDBMapValue) {
    return Object.fromEntries(value.entries.map((entry) => [String(toCell(entry.key)), toCell(entry.value)]));
  }
  if (value instanceof DuckDBTimestampMillisecondsValue) return isoCell(value.millis, value);
  if (value instanceof DuckDBTimestampSecondsValue) return isoCell(value.seconds * MILLIS_PER_SECOND, value);
  if (value instanceof DuckDBTimestampNanosecondsValue) return isoCell(value.nanos / NANOS_PER_MILLI, value);
  return String(value);
}

function integerCell(value: bigint): Cell {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

function isoCell(millis: bigint, value: { toString(): string }): Cell {
  const date = new Date(Number(millis));
  return Number.isNaN(date.getTime()) ? value.toString() : date.toISOString();
}

function dateCell(value: DuckDBDateValue): Cell {
  const date = new Date(value.days * MILLIS_PER_DAY);
  return Number.isNaN(date.getTime()) ? value.toString() : date.toISOString().slice(0, 10);
}
