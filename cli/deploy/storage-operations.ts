import { FIRING_SECONDS, MEASURED } from './measured.js';

/** Requests to the bucket, by how they are billed (deleting is free). */
export interface StorageOperations {
  /** Class A: objects created, and listings. */
  readonly puts: number;
  readonly lists: number;
  /** Class B: contents read, and metadata looked at. */
  readonly reads: number;
  readonly looks: number;
}

export interface BatchShape {
  /** Readings in a batch. */
  readonly readings: number;
  readonly batchSeconds: number;
  /** Shares of the patients, each of which writes files of its own; at least 1. */
  readonly shares: number;
}

/** Commits between two checkpoints of a table's log (two objects each), and of the manifests (one). */
const CHECKPOINT_EVERY = 100;
/** Batches between two rounds of compaction, in which each of the eight tables is listed. */
const MAINTENANCE_EVERY = 64;
const TABLES = 8;
/** Files of one merge, below and above the smallest size class; bytes of the smallest class. */
const MERGED = { small: 32, large: 8, smallBytes: 64 * 1024 } as const;
/** Seconds between two renewals of the writer's lock: an object created, the one before deleted. */
const LEASE_SECONDS = 10;

/**
 * Requests of one batch: what freezing, committing and firing write, what compaction reads and writes again, and the
 * share of checkpoints and of the lease. Source: lake/, pipeline/engines/micro-batch/; held against a count of real
 * requests by test/cli/deploy/measured.test.ts.
 */
export function operationsOfBatch(batch: BatchShape): StorageOperations {
  const { readings, shares, batchSeconds } = batch;
  // Chance that a batch, or one share of it, has a dead letter or an alert at all.
  const any = (of: number, rate: number) => 1 - Math.exp(-of * rate);
  const { rejectsPerReading, alertsPerReading } = MEASURED;
  const own = any(readings / shares, rejectsPerReading) + any(readings / shares, alertsPerReading);
  const summaries = Math.min(1, batchSeconds / FIRING_SECONDS.summary);
  const hours = Math.min(1, batchSeconds / FIRING_SECONDS.hourly);
  const files = shares * (1 + own + summaries + hours) + summaries;
  const logs = 2 + any(readings, rejectsPerReading) + any(readings, alertsPerReading) + 2 * summaries + hours;
  const merges = mergesOf(1 + files, (readings * MEASURED.lakeBytesPerReading.silver) / shares);
  const upkeep = (2 * logs + 1) / CHECKPOINT_EVERY;
  return {
    // A bronze file, the files of the outcome, the commits of the logs, the manifest; merged files with their commits.
    puts: 1 + files + logs + 1 + upkeep + 2 * merges.made + batchSeconds / LEASE_SECONDS,
    lists: TABLES / MAINTENANCE_EVERY,
    reads: merges.read,
    // Each file of a manifest is looked at before the commit, each file of a merge before it is copied.
    looks: files + merges.read,
  };
}

/** Files that compaction makes and reads for so many new files of a size: levels of a merge tree. */
function mergesOf(files: number, bytes: number): { readonly made: number; readonly read: number } {
  const first = files / (bytes < MERGED.smallBytes ? MERGED.small : MERGED.large);
  // Above the first level every merge takes eight: a geometric series.
  const made = first / (1 - 1 / MERGED.large);
  return { made, read: files + made - first };
}
