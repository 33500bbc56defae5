/**
 * The vocabulary in which tables are described: one description renders TypeScript rows, Parquet columns, the Delta
 * schema, BigQuery DDL and the data dictionary (schema/render/).
 */

/**
 * Logical types. In memory: `string`, `date` (ISO `YYYY-MM-DD`) are strings; `int32`, `int64`, `float64` and `timestamp`
 * (epoch milliseconds, UTC) are numbers; `bytes` is a Uint8Array. `int64` values stay below 2^53.
 */
export type ColumnType = 'string' | 'int32' | 'int64' | 'float64' | 'boolean' | 'timestamp' | 'date' | 'bytes';

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** A required column is never null. */
  readonly required: boolean;
  readonly description: string;
  /** UCUM code of the value, where it has one. */
  readonly unit?: string;
  /** Decimal digits that the value is rounded to (half-up), where it is a measured number. */
  readonly scale?: number;
  /** Part of the content hash that `audit` prints: never message ids, batch, order_key or times of our own pipeline. */
  readonly hashed?: boolean;
  /** Few distinct values: worth a dictionary in memory and in Parquet. */
  readonly dictionary?: boolean;
  /** Holds, or may hold, what identifies a person: restricted (BigQuery policy tag), never logged. */
  readonly identifying?: boolean;
}

export type Tier = 'bronze' | 'silver' | 'gold' | 'reference';

/** How BigQuery keeps a table, where that is not its default (every partition for ever, readable without a date). */
export interface WarehouseRules {
  /** Days after which a partition is dropped there. The lake keeps the rows: what was dropped can be loaded again. */
  readonly partitionExpirationDays?: number;
  /** Every query must name the partitions that it reads. Only for tables that no view reads. */
  readonly requirePartitionFilter?: boolean;
}

export interface Table {
  readonly tier: Tier;
  readonly name: string;
  readonly description: string;
  readonly columns: readonly Column[];
  /** Column names that identify a row. */
  readonly key: readonly string[];
  /** The one partition column (a `date` column of this table), derived from {@link partitionSource}; null for none. */
  readonly partitionBy: 'event_date' | 'receive_date' | null;
  /** The timestamp column whose UTC date the partition column is. */
  readonly partitionSource: string | null;
  readonly clusterBy: readonly string[];
  readonly warehouse?: WarehouseRules;
}

type Memory = {
  string: string;
  int32: number;
  int64: number;
  float64: number;
  boolean: boolean;
  timestamp: number;
  date: string;
  bytes: Uint8Array;
};

type ValueOf<C extends Column> = C['required'] extends true ? Memory[C['type']] : Memory[C['type']] | null;

/** The row type of a table: every column present, null where it has no value and may have none. */
export type RowOf<T extends Table> = { [C in T['columns'][number] as C['name']]: ValueOf<C> };

/** Keeps a table's literal types, so that {@link RowOf} can read them. */
export function defineTable<const T extends Table>(table: T): T {
  return table;
}

/** `silver.patient_vitals`, the name in SQL, in BigQuery and in every report. */
export function qualifiedName(table: Table): string {
  return `${table.tier}.${table.name}`;
}
