import type { Table } from '../schema/column.js';
import type { BronzeRow } from '../schema/tables/bronze-patient-vitals.js';
import type { Message } from '../transforms/reading.js';
import type { CompactionOptions, CompactionReport } from './compact.js';
import type { FreezeRecord, FrozenBatch, SourcePositions } from './frozen-batch.js';
import type { BatchCounts, DataFile, Manifest } from './manifest.js';
import type { Row } from './parquet.js';
import type { Storage } from './storage/storage.js';
import type { VacuumOptions, VacuumReport } from './vacuum.js';

/**
 * The one writer of a lake.
 *
 * Delivery: what resolved is durable. When a write of a log or manifest failed, its outcome is not known: the writer
 * then refuses to go on (LakeError STOPPED) and the next start completes what was begun. `freeze` and `commit` are
 * called in sequence, each at most once at a time; a batch may be frozen while an earlier one is being committed.
 */
export interface LakeWriter {
  readonly storage: Storage;
  /** Sequence of the last committed batch; 0 when there is none. */
  readonly head: number;
  readonly lastManifest: Manifest | null;
  /** Counts of all committed batches. */
  readonly totals: BatchCounts;
  /** Sequence of the last frozen batch; 0 when there is none. */
  readonly bronzeHead: number;
  /** The batch that bronze rows to freeze must carry. */
  readonly nextSequence: number;
  /** Batches that are frozen but have no manifest, in sequence. */
  unfinishedBatches(): readonly FrozenBatch[];
  /** Where the sources stood when the last batch was frozen; null when there is none. */
  positions(): SourcePositions | null;
  /** Freezes the next batch: its file, then its commit. A source may be acknowledged once this resolves. */
  freeze(rows: readonly BronzeRow[], record: FreezeRecord): Promise<FrozenBatch>;
  /** Freezes the next batch out of bronze files that were written elsewhere (writeDataFiles). */
  freezeFiles(sequence: number, files: readonly DataFile[], record: FreezeRecord): Promise<FrozenBatch>;
  /** The messages of a frozen batch, by offset; quick for one that has no manifest yet, else out of merged files. */
  readFrozen(sequence: number): Promise<Message[]>;
  /** Commits a batch: its manifest, then the logs of all tables. */
  commit(manifest: Manifest): Promise<void>;
  /** Replaces all rows of a reference table; the same rows change nothing. */
  replace(table: Table, rows: readonly Row[]): Promise<void>;
  /** Merges small files; may run while batches are being frozen and committed. */
  compact(options?: CompactionOptions): Promise<CompactionReport>;
  /** Deletes files that compaction replaced, and leftovers of crashes; may run at any time. */
  vacuum(options?: VacuumOptions): Promise<VacuumReport>;
  /** Waits for what is running and releases the lock. */
  close(): Promise<void>;
}
