import { parquetMetadata, parquetReadObjects, type SchemaElement } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { GoogleError } from './google-error.js';
import { typeOf, type Cell, type Field, type StoredRow } from './warehouse-store.js';

/** The rows of a Parquet file by a schema, or the refusal that BigQuery gives. */
export async function parquetRows(bytes: Buffer, fields: readonly Field[], strictModes: boolean): Promise<StoredRow[]> {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  const elements = parquetMetadata(file).schema.slice(1);
  for (const element of elements) checkColumn(element, fields, strictModes);
  for (const field of fields) {
    if (field.mode === 'REQUIRED' && !elements.some((element) => element.name === field.name)) {
      throw invalid(`Required field ${field.name} is missing in the file`);
    }
  }
  const rows = await parquetReadObjects({ file, compressors, utf8: false });
  return rows.map((row) => Object.fromEntries(fields.map((field) => [field.name, cellOf(row[field.name], field)])));
}

function checkColumn(element: SchemaElement, fields: readonly Field[], strictModes: boolean): void {
  const field = fields.find((found) => found.name === element.name);
  if (field === undefined)
    throw invalid(`Provided Schema does not match Table. Cannot add fields (field: ${element.name})`);
  const type = bigQueryType(element);
  if (type !== typeOf(field)) {
    throw invalid(
      `Provided Schema does not match Table. Field ${field.name} has changed type from ${typeOf(field)} to ${type}`,
    );
  }
  if (strictModes && field.mode === 'REQUIRED' && element.repetition_type !== 'REQUIRED') {
    throw invalid(
      `Provided Schema does not match Table. Field ${field.name} has changed mode from REQUIRED to NULLABLE`,
    );
  }
}

function bigQueryType({ type, converted_type, logical_type }: SchemaElement): string {
  const logical = logical_type?.type;
  if (logical === 'TIMESTAMP') {
    const { unit, isAdjustedToUTC } = logical_type as { unit: string; isAdjustedToUTC: boolean };
    if (unit === 'NANOS') throw invalid('Timestamps in nanoseconds are not supported');
    return isAdjustedToUTC ? 'TIMESTAMP' : 'DATETIME';
  }
  if (converted_type === 'TIMESTAMP_MICROS' || converted_type === 'TIMESTAMP_MILLIS') return 'TIMESTAMP';
  if (converted_type === 'DATE') return 'DATE';
  if (converted_type === 'UTF8') return 'STRING';
  const plain: Readonly<Record<string, string>> = {
    INT32: 'INT64',
    INT64: 'INT64',
    DOUBLE: 'FLOAT64',
    FLOAT: 'FLOAT64',
    BOOLEAN: 'BOOL',
    BYTE_ARRAY: 'BYTES',
  };
  return plain[type ?? ''] ?? `an unsupported ${type}`;
}

function cellOf(value: unknown, field: Field): Cell {
  if (value === null || value === undefined) {
    if (field.mode === 'REQUIRED') throw invalid(`Required field ${field.name} cannot be null`);
    return null;
  }
  const type = typeOf(field);
  if (value instanceof Date) return type === 'DATE' ? value.toISOString().slice(0, 10) : value.toISOString();
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  return value as Cell;
}

function invalid(message: string): GoogleError {
  return new GoogleError(400, 'invalid', `Error while reading data, error message: ${message}`);
}
