import type { Row } from '../../lake/parquet.js';
import type { Table } from '../../schema/column.js';

/** A value as the Storage Write API has it in a protocol buffer. */
export type StorageValue = string | number | boolean | Uint8Array;

const DAY_MILLIS = 86_400_000;

/**
 * Rows of the lake as the Storage Write API takes them (cloud.google.com/bigquery/docs/supported-data-types): instants in
 * microseconds, dates in days since 1970, nulls left out. Both numbers are exact: they stay below 2^53.
 */
export function storageRows(table: Table, rows: readonly Row[]): readonly Record<string, StorageValue>[] {
  return rows.map((row) => {
    const values: Record<string, StorageValue> = {};
    for (const { name, type } of table.columns) {
      const value = row[name] as StorageValue | null | undefined;
      if (value === null || value === undefined) continue;
      if (type === 'timestamp') values[name] = (value as number) * 1_000;
      else if (type === 'date') values[name] = Date.parse(value as string) / DAY_MILLIS;
      else values[name] = value;
    }
    return values;
  });
}
