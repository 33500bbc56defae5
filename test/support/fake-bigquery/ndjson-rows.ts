import { GoogleError } from './google-error.js';
import { typeOf, type Cell, type Field, type StoredRow } from './warehouse-store.js';

/** The rows of newline-delimited JSON by a schema, or the refusal that BigQuery gives. */
export function ndjsonRows(bytes: Buffer, fields: readonly Field[]): StoredRow[] {
  const lines = bytes
    .toString('utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.map((line) => rowOf(JSON.parse(line) as Record<string, unknown>, fields));
}

function rowOf(row: Readonly<Record<string, unknown>>, fields: readonly Field[]): StoredRow {
  for (const name of Object.keys(row)) {
    if (!fields.some((field) => field.name === name)) throw invalid(`No such field: ${name}.`);
  }
  return Object.fromEntries(fields.map((field) => [field.name, cellOf(row[field.name], field)]));
}

function cellOf(value: unknown, field: Field): Cell {
  if (value === undefined || value === null) {
    if (field.mode === 'REQUIRED') throw invalid(`Missing required field: ${field.name}.`);
    return null;
  }
  const wanted = { INT64: 'number', FLOAT64: 'number', BOOL: 'boolean' }[typeOf(field)] ?? 'string';
  if (typeof value !== wanted) throw invalid(`Could not parse ${field.name} as ${typeOf(field)}`);
  return value as Cell;
}

function invalid(message: string): GoogleError {
  return new GoogleError(
    400,
    'invalid',
    `Error while reading data, error message: JSON table encountered too many errors: ${message}`,
  );
}
