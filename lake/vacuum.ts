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
  let orphans = 0;
  for (const path of listed) {
    if (path.startsWith(folder + LOG_FOLDER)) continue;
    const relative = path.slice(folder.length);
    const sequence = sequenceOf(relative);
    if (sequence === null || sequence > settled || isNamed(log, relative)) continue;
    const found = await storage.stat(path);
    if (found === null || now - found.modified < orphanAge) continue;
    await storage.delete(path);
    orphans += 1;
  }
  return { replaced: await deleteReplaced(log, now - tombstoneAge), orphans };
}

function isNamed(log: DeltaLog, path: string): boolean {
  return log.state.live.has(path) || log.state.removed.has(path);
}

async function deleteReplaced(log: DeltaLog, before: number): Promise<number> {
  let replaced = 0;
  for (const file of [...log.state.removed.values()]) {
    if (file.deletionTimestamp > before) continue;
    await log.storage.delete(log.folder + decodeURIComponent(file.path));
    // The next checkpoint leaves it out; until then a restart deletes it again, which does no harm.
    log.state.removed.delete(file.path);
    replaced += 1;
  }
  return replaced;
}
