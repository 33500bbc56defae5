import { concurrently } from './concurrently.js';
import { sequenceOf } from './data-file.js';
import type { DeltaLog } from './delta/delta-log.js';
import { LOG_FOLDER } from './delta/log-name.js';

const HOUR = 3_600_000;

export interface VacuumOptions {
  /** How long a file that compaction replaced stays for readers, ms (default 1 hour). */
  readonly tombstoneAge?: number;
  /** How old a file that nothing names must be, ms (default 24 hours). */
  readonly orphanAge?: number;
}

export interface VacuumReport {
  /** Files that compaction had replaced. */
  readonly replaced: number;
  /** Files that no log named. */
  readonly orphans: number;
}

/**
 * Deletes the files of one table that nothing needs any more. An orphan goes only if it is old, its batch is finished
 * (a restart could otherwise still find and use it), and the log, seen after the listing, does not name it.
 *
 * @param settled the last finished batch
 */
export async function vacuumTable(
  log: DeltaLog,
  settled: number,
  options: VacuumOptions,
  now: number,
): Promise<VacuumReport> {
  const { tombstoneAge = HOUR, orphanAge = 24 * HOUR } = options;
  const { storage, folder } = log;
  const listed = await storage.list(folder);
  const unnamed = listed.filter((path) => isUnnamed(log, path.slice(folder.length), settled));
  const deleted = await concurrently(unnamed, async (path) => {
    const found = await storage.stat(path);
    if (found === null || now - found.modified < orphanAge) return 0;
    await storage.delete(path);
    return 1;
  });
  const orphans = deleted.filter((count) => count > 0).length;
  return { replaced: await deleteReplaced(log, now - tombstoneAge), orphans };
}

/** A data file of a finished batch that the log names neither as live nor as replaced. */
function isUnnamed(log: DeltaLog, path: string, settled: number): boolean {
  const sequence = path.startsWith(LOG_FOLDER) ? null : sequenceOf(path);
  return sequence !== null && sequence <= settled && !log.state.live.has(path) && !log.state.removed.has(path);
}

async function deleteReplaced(log: DeltaLog, before: number): Promise<number> {
  const due = [...log.state.removed.values()].filter((file) => file.deletionTimestamp <= before);
  await concurrently(due, async (file) => {
    await log.storage.delete(log.folder + decodeURIComponent(file.path));
    // The next checkpoint leaves it out; until then a restart deletes it again, which does no harm.
    log.state.removed.delete(file.path);
  });
  return due.length;
}
