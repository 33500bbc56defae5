/** A Parquet file that a batch added to a table. Immutable once it has its name. */
export interface DataFile {
  /** Qualified table name, e.g. `silver.patient_vitals`. */
  readonly table: string;
  /** Relative to the table's folder: `event_date=2026-11-21/000000000042-<hash>.parquet`. */
  readonly path: string;
  /** Partition values as Delta wants them: strings; empty for an unpartitioned table. */
  readonly partition: Readonly<Record<string, string>>;
  readonly rows: number;
  readonly bytes: number;
  /** Hex SHA-256 of the file. */
  readonly sha256: string;
  /** Least and greatest value per column (timestamps in epoch ms), computed from the rows that were written; only columns worth skipping files by. */
  readonly stats: Readonly<Record<string, readonly [number, number]>>;
}

/** Counts of one batch, by RELIABILITY.md I2: received = silver + dead_letter + suppressed. */
export interface BatchCounts {
  /** Messages frozen in bronze. */
  readonly messages: number;
  /** Items: readings, or parts that were rejected whole. */
  readonly received: number;
  readonly silver: number;
  /** Items rejected whole. */
  readonly dead_letter: number;
  readonly suppressed: number;
  readonly field_rejects: number;
  readonly conflicts: number;
  readonly alerts: number;
}

/** What was in force when a batch was frozen: a rerun uses the same. */
export interface BatchVersions {
  readonly rules: string;
  readonly model_id: string | null;
  /** The model that scored in its shadow; left out where there was none. */
  readonly challenger_id?: string;
  /** Hex SHA-256 of the patients file, null when there was none. */
  readonly patients: string | null;
  /** Hex SHA-256 of the key that pseudonyms were made with: a lake keeps to one. */
  readonly pseudonym_key: string;
  /** Zone of event times that name none, null where such times are refused. */
  readonly timezone: string | null;
  /** Whether event times were held against the time of receipt (live data). */
  readonly check_clock: boolean;
}

/** `batches/<sequence>.json`: its creation is the commit point of a batch, for all tables together. */
export interface Manifest {
  readonly format: 1;
  readonly sequence: number;
  readonly counts: BatchCounts;
  readonly versions: BatchVersions;
  /** Files of silver, dead letter and gold (bronze has its own commit, before). */
  readonly files: readonly DataFile[];
  /** Event-time watermark after this batch, epoch ms. */
  readonly watermark: number;
  /** Last batch whose contributions to each pane table have all been fired: what a restart recovers from. */
  readonly fired: Readonly<Record<string, number>>;
  /** Resident memory high-water mark of the writer, bytes (I8). */
  readonly peak_rss: number;
  readonly committed_at: number;
}
