import type { DeltaLog } from './delta/delta-log.js';
import { addOf, removeOf, tableFileOf, type TableFile } from './delta/file-action.js';
import { mergeRanges } from './delta/stats.js';
import { dataFilePath, sequenceOf } from './data-file.js';
import { qualifiedName } from '../schema/column.js';
import { mergeFiles, rowGroupRows } from './merge-files.js';
import { planMerges, type Candidate, type MergeOptions } from './plan-merges.js';

/** Bytes of a row in a file, on average, above which the file is not merged. */
const MAX_ROW_BYTES = 32 * 1024;

export interface CompactionOptions extends MergeOptions {
  /** Qualified names; all tables by default. */
  readonly tables?: readonly string[];
}

/** What compaction did, one entry a merge. */
export interface CompactionReport {
  readonly merges: readonly {
    readonly table: string;
    readonly files: number;
    readonly rows: number;
    readonly bytesBefore: number;
    readonly bytesAfter: number;
  }[];
}

/**
 * Merges the small files of one table, partition by partition, until no merge is due. The rows stay the same rows; only
 * the log makes the change visible, all at once, and keeps the old files for readers that still look at them.
 *
 * Runs beside commits: DuckDB reads and writes on threads of its own. Delivery: a crash leaves either the old files or
 * the new one in the log, and at most an orphan on disk. One at a time, and not
 * beside anything else that removes files from the log.
 *
 * @param settled files of later batches than this are left alone: a restart may still need them as they are
 */
export async function compactTable(
  log: DeltaLog,
  settled: number,
  options: CompactionOptions,
  clock: () => number,
): Promise<CompactionReport['merges']> {
  const merges: CompactionReport['merges'][number][] = [];
  for (;;) {
    const files = Array.from(log.state.live.values(), (add) => ({ add, file: tableFileOf(log.table, add) }));
    const candidates = files.filter(({ file }) => isSettled(file, settled) && isMergeable(file));
    const plans = planMerges(candidates, options);
    if (plans.length === 0) return merges;
    for (const plan of plans) {
      const merged = await mergeInto(log, plan, clock);
      const bytesBefore = plan.reduce((sum, { file }) => sum + file.bytes, 0);
      const table = qualifiedName(log.table);
      merges.push({ table, files: plan.length, rows: merged.rows, bytesBefore, bytesAfter: merged.bytes });
    }
  }
}

async function mergeInto(
  log: DeltaLog,
  plan: readonly Candidate[],
  clock: () => number,
): Promise<{ readonly rows: number; readonly bytes: number }> {
  const rows = plan.reduce((sum, { file }) => sum + (file.rows ?? 0), 0);
  const partition = partitionOf(plan[0]!);
  const sequence = Math.max(...plan.map(({ file }) => sequenceOf(file.path) ?? 0));
  const inputs = plan.map(({ file }) => log.folder + file.path);
  const groupRows = rowGroupRows(plan.reduce((sum, { file }) => sum + file.bytes, 0) / rows);
  const nameOf = (sha256: string) => log.folder + dataFilePath(partition, sequence, sha256);
  const merged = await mergeFiles(log.storage, log.table, inputs, rows, groupRows, nameOf);
  const stats = mergeRanges(plan.map(({ file }) => file.stats));
  const file = { path: merged.path.slice(log.folder.length), partition, rows, bytes: merged.bytes, stats };
  await log.append(() => ({
    operation: 'OPTIMIZE',
    parameters: { files: String(plan.length) },
    removes: plan.map(({ add }) => removeOf(add, clock())),
    adds: [addOf(log.table, file, clock(), false)],
  }));
  return file;
}

function partitionOf(candidate: Candidate): Readonly<Record<string, string>> {
  return candidate.file.partition as Readonly<Record<string, string>>;
}

function isSettled(file: TableFile, settled: number): boolean {
  const sequence = sequenceOf(file.path);
  return sequence !== null && sequence <= settled;
}

/** Files of very long rows are left alone: a few of those rows fill the memory of the merge. */
function isMergeable({ rows, bytes }: TableFile): boolean {
  return rows !== null && rows > 0 && bytes / rows <= MAX_ROW_BYTES;
}
