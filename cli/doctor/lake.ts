import { access, constants, stat, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { error, ok, warning, type Finding } from './finding.js';

/** A day of 2,800 patients at one reading a second needs about this much (docs/benchmarks.md). */
const COMFORTABLE_DISK_BYTES = 10 * 2 ** 30;

/** Whether the lake's folder, or the nearest folder above it that exists, can be written and has room. */
export async function checkLakeFolder(lake: string): Promise<Finding[]> {
  const folder = await nearestExisting(resolve(lake));
  try {
    await access(folder, constants.W_OK);
  } catch {
    return [error('lake folder', `${folder} cannot be written`, 'Name another folder: --lake DIR.')];
  }
  const space = await statfs(folder);
  const free = space.bavail * space.bsize;
  const detail = `${(free / 2 ** 30).toFixed(1)} GiB free in ${folder}`;
  const room =
    free >= COMFORTABLE_DISK_BYTES
      ? ok('disk space', detail)
      : warning('disk space', detail, 'Free some space, or name a folder on a larger disk: --lake DIR.');
  return [ok('lake folder', `${folder} can be written`), room];
}

/** Whether the lake opens, and how much it holds. */
export async function checkLake(lake: string): Promise<Finding> {
  if (!(await stat(resolve(lake, 'bronze')).catch(() => null))) {
    return ok('lake', `none at ${lake} yet; vitals start makes one`);
  }
  try {
    const { openLakeSnapshot } = await import('../../lake/reader.js');
    const snapshot = await openLakeSnapshot(resolve(lake));
    return ok('lake', `${snapshot.totals.silver.toLocaleString('en-US')} silver rows after batch ${snapshot.sequence}`);
  } catch (cause) {
    return error('lake', (cause as Error).message, 'See docs/operations.md, "A lake that does not open".');
  }
}

async function nearestExisting(path: string): Promise<string> {
  return (await stat(path).catch(() => null)) ? path : nearestExisting(dirname(path));
}
