import { link, mkdir, open, unlink, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode } from './disk-error.js';
import { temporaryName } from './temporary.js';

/** Gives a flushed temporary file its name, if nobody has it, and flushes the folder (also when another was first). */
export async function publish(temporary: string, file: string): Promise<'created' | 'exists'> {
  let outcome: 'created' | 'exists' = 'created';
  try {
    await link(temporary, file);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    outcome = 'exists';
  }
  await syncFolder(dirname(file));
  return outcome;
}

/** A path for a temporary file next to a file, in a folder that exists. */
export async function temporaryFor(file: string): Promise<string> {
  await makeFolder(dirname(file));
  return join(dirname(file), temporaryName());
}

/** Creates a file, and its folder where there is none. */
export async function openNew(file: string, folder: string): Promise<FileHandle> {
  try {
    return await open(file, 'wx');
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    await makeFolder(folder);
    return open(file, 'wx');
  }
}

/** Creates a folder with its parents, and flushes every folder that got a new entry. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes a file; that it is not there is no error. */
export async function unlinkIfThere(file: string): Promise<void> {
  try {
    await unlink(file);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}
