import { randomUUID } from 'node:crypto';
import { access, constants, stat, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { LakeError } from '../../lake/lake-error.js';
import { isGcsUrl } from '../../lake/storage/gcs-url.js';
import { openStorage } from '../../lake/storage/open.js';
import { lakeUrl } from '../lake-url.js';
import { error, ok, warning, type Finding } from './finding.js';

/** A day of 2,800 patients at one reading a second needs about this much (docs/benchmarks.md). */
const COMFORTABLE_DISK_BYTES = 10 * 2 ** 30;

/** Whether the lake can be written, and has room. */
export async function checkLakePlace(lake: string): Promise<Finding[]> {
  return isGcsUrl(lake) ? [await checkBucket(lake)] : checkLakeFolder(lake);
}

/** Whether the bucket of a lake lets us list, create, read and delete: an object of our own, below the lake's prefix. */
async function checkBucket(lake: string): Promise<Finding> {
  const probe = `_doctor/${randomUUID()}`;
  try {
    const storage = openStorage(lake);
    await storage.putIfAbsent(probe, Buffer.from('vitals doctor'));
    const found = (await storage.list('_doctor/')).includes(probe) && (await storage.readRange(probe, 0, 6));
    await storage.delete(probe);
    if (!found)
      return error('lake bucket', `${storage.root} does not show what was written to it`, 'Check the bucket.');
    return ok('lake bucket', `${storage.root} can be listed, written, read and deleted in`);
  } catch (cause) {
    return error('lake bucket', (cause as Error).message, 'See docs/storage.md, "Credentials and permissions".');
  }
}

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
  try {
    const { openLakeSnapshot } = await import('../../lake/reader.js');
    const snapshot = await openLakeSnapshot(lakeUrl(lake));
    return ok('lake', `${snapshot.totals.silver.toLocaleString('en-US')} silver rows after batch ${snapshot.sequence}`);
  } catch (cause) {
    if (cause instanceof LakeError && cause.code === 'NOT_A_LAKE') {
      return ok('lake', `none at ${lake} yet; vitals start makes one`);
    }
    return error('lake', (cause as Error).message, 'See docs/operations.md, "A lake that does not open".');
  }
}

async function nearestExisting(path: string): Promise<string> {
  return (await stat(path).catch(() => null)) ? path : nearestExisting(dirname(path));
}
