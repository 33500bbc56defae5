import {
  Binary,
  Bool,
  DateDay,
  Field,
  Float64,
  Int32,
  Int64,
  Schema,
  TimestampMicrosecond,
  Utf8,
  type DataType,
} from 'apache-arrow';
import type { Column, ColumnType, Table } from '../column.js';

/** Arrow types, from which the Parquet types follow: `timestamp` becomes TIMESTAMP(MICROS, isAdjustedToUTC = true). */
const ARROW_TYPES: Record<ColumnType, () => DataType> = {
  string: () => new Utf8(),
  int32: () => new Int32(),
  int64: () => new Int64(),
  float64: () => new Float64(),
  boolean: () => new Bool(),
  timestamp: () => new TimestampMicrosecond('UTC'),
  date: () => new DateDay(),
  bytes: () => new Binary(),
};

/** The columns that a table's Parquet files hold: all but the partition column, which is in the path and in the log. */
export function storedColumns(table: Table): readonly Column[] {
  return table.columns.filter((column) => column.name !== table.partitionBy);
}

export function arrowType(type: ColumnType): DataType {
  return ARROW_TYPES[type]();
}

/** The schema of a table's Parquet files; every field is optional, as in the Delta log. */
export function arrowSchema(table: Table): Schema {
  return new Schema(storedColumns(table).map((column) => new Field(column.name, arrowType(column.type), true)));
}
