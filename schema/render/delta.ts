import type { Column, ColumnType, Table } from '../column.js';

/** Delta's primitive types. `timestamp` is an instant (UTC-adjusted microseconds in Parquet) and needs no table feature. */
const DELTA_TYPES: Record<ColumnType, string> = {
  string: 'string',
  int32: 'integer',
  int64: 'long',
  float64: 'double',
  boolean: 'boolean',
  timestamp: 'timestamp',
  date: 'date',
  bytes: 'binary',
};

/**
 * The `schemaString` of a table's `metaData` action: a JSON struct, columns in the order of the table.
 *
 * Every field is nullable, also those that are never null here: compaction writes optional Parquet columns, and a
 * `nullable: false` over those is refused by some readers.
 */
export function deltaSchemaString(table: Table): string {
  return JSON.stringify({ type: 'struct', fields: table.columns.map(deltaField) });
}

/** The `partitionColumns` of a table's `metaData` action. */
export function deltaPartitionColumns(table: Table): readonly string[] {
  return table.partitionBy === null ? [] : [table.partitionBy];
}

function deltaField(column: Column): object {
  const comment = column.unit === undefined ? column.description : `${column.description} [${column.unit}]`;
  return { name: column.name, type: DELTA_TYPES[column.type], nullable: true, metadata: { comment } };
}
