import { createHash, randomBytes } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { errorCode } from './disk-error.js';

const PREFIX = '.tmp-';

/** After this long a temporary file is rubbish whoever wrote it, ms. */
const ABANDONED_AFTER = 24 * 3_600_000;

const HOST = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/** This thread, which loads modules of its own. */
const THREAD = randomBytes(8).toString('hex');

let used = 0;

/** A name that no other process or thread uses, and that tells whose it is: `.tmp-<host>-<pid>-<thread>-<number>`. */
export function temporaryName(): string {
  used += 1;
  return `${PREFIX}${HOST}-${process.pid}-${THREAD}-${used}`;
}

/** True for a file that has not got its name yet: readers ignore it. */
export function isTemporary(name: string): boolean {
  return name.startsWith(PREFIX);
}

/** Removes temporary files (and folders) below a folder whose process is no more; how many there were. */
export async function removeTemporaries(folder: string): Promise<number> {
  let removed = 0;
  for (const entry of await entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (isTemporary(entry.name)) {
      if (!(await isAbandoned(entry.name, path))) continue;
      await rm(path, { recursive: true, force: true });
      removed += 1;
    } else if (entry.isDirectory()) removed += await removeTemporaries(path);
  }
  return removed;
}

async function isAbandoned(name: string, path: string): Promise<boolean> {
  const modified = await modifiedAt(path);
  if (modified === null) return false;
  if (Date.now() - modified > ABANDONED_AFTER) return true;
  const [host, pid] = name.slice(PREFIX.length).split('-');
  if (host !== HOST) return false;
  // A container's process may have the number of its predecessor.
  if (Number(pid) === process.pid) return modified < Date.now() - process.uptime() * 1000;
  return !isRunning(Number(pid));
}

async function modifiedAt(path: string): Promise<number | null> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    ignoreMissing(error);
    return null;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    ignoreMissing(error);
    return [];
  }
}

function ignoreMissing(error: unknown): void {
  if (errorCode(error) !== 'ENOENT') throw error;
}
