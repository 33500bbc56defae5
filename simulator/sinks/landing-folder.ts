import { mkdtemp, open, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

import { ConfigurationError } from '../../schema/errors.js';
import { makeFolder } from '../folder.js';
import type { ReadingSink } from './reading-sink.js';

/**
 * A folder in which `readings-<arrival time>-<n>.ndjson` files appear by rename, whole, and nothing else ever does; their
 * names sort in order of arrival.
 *
 * Files are written in a temporary folder beside DIR, which `close` removes. Only where that is another file system (DIR
 * is a mount point) or cannot be written is it a hidden folder within DIR. A name that exists is left alone when its
 * content is the same (the simulation was run again), else an error: nothing is overwritten. Not fsynced.
 *
 * @param folder is made when it does not exist
 * @throws ConfigurationError when it cannot be written
 */
export async function openLandingFolder(folder: string): Promise<ReadingSink> {
  const target = resolve(folder);
  try {
    await makeFolder(target);
    return new LandingFolder(target, await temporaryFolder(target));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError(
      '--sink',
      `cannot write to folder ${folder} (${reason})`,
      'Name a folder that can be.',
    );
  }
}

async function temporaryFolder(target: string): Promise<string> {
  const [own, parent] = await Promise.all([stat(target), stat(dirname(target))]);
  const inside = (): Promise<string> => mkdtemp(join(target, '.tmp-'));
  if (own.dev !== parent.dev || dirname(target) === target) return inside();
  return mkdtemp(join(dirname(target), `.${basename(target)}.tmp-`)).catch(inside);
}

class LandingFolder implements ReadingSink {
  readonly ended = false;
  files = 0;
  private handle: FileHandle | null = null;
  private name = '';

  constructor(
    private readonly target: string,
    private readonly temporary: string,
  ) {}

  async write(bytes: Uint8Array, arrivalFrom: number): Promise<void> {
    if (this.handle === null) {
      this.name = fileName(arrivalFrom, this.files);
      this.handle = await open(join(this.temporary, this.name), 'wx');
    }
    for (let written = 0; written < bytes.length;) {
      written += (await this.handle.write(bytes, written)).bytesWritten;
    }
  }

  async endFile(): Promise<void> {
    if (this.handle === null) return;
    await this.handle.close();
    this.handle = null;
    const written = join(this.temporary, this.name);
    const final = join(this.target, this.name);
    if (await exists(final)) await requireSame(written, final, this.target);
    else await rename(written, final);
    this.files++;
  }

  async close(): Promise<void> {
    try {
      await this.endFile();
    } finally {
      await rm(this.temporary, { recursive: true, force: true });
    }
  }
}

/** `readings-20261121T072050000Z-0000042.ndjson` */
function fileName(arrivalFrom: number, number: number): string {
  const time = new Date(arrivalFrom).toISOString().replace(/[-:.]/g, '');
  return `readings-${time}-${String(number).padStart(7, '0')}.ndjson`;
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

async function requireSame(written: string, final: string, target: string): Promise<void> {
  const [ours, theirs] = await Promise.all([readFile(written), readFile(final)]);
  if (ours.equals(theirs)) return rm(written);
  throw new ConfigurationError(
    '--sink',
    `${basename(final)} of another simulation is already in ${target}`,
    'Name an empty folder.',
  );
}
