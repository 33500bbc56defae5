import { rm } from 'node:fs/promises';
import { sequenceText } from '../../../lake/manifest-name.js';
import type { Storage } from '../../../lake/storage/storage.js';

/** Below the lake's root: what jobs leave for the engine, until their batch is committed. */
const FOLDER = '_outcomes/';

/**
 * The folder for what one attempt at a batch leaves, with the final slash. No attempt finds the files of another one, so a
 * job that was given up, but still runs somewhere, can do no harm.
 */
export function outcomeFolder(sequence: number, attempt: string): string {
  return `${FOLDER}${sequenceText(sequence)}/${attempt}/`;
}

/** Deletes what attempts at a batch have left. */
export function deleteOutcomes(storage: Storage, sequence: number): Promise<void> {
  return deleteAll(storage, `${FOLDER}${sequenceText(sequence)}/`);
}

/** Deletes what earlier runs have left: their batches are committed, or will be run again. */
export function deleteStaleOutcomes(storage: Storage): Promise<void> {
  return deleteAll(storage, FOLDER);
}

async function deleteAll(storage: Storage, folder: string): Promise<void> {
  // A disk has folders, and empty ones of every batch would pile up.
  if (storage.local) return rm(storage.local.absolute(folder), { recursive: true, force: true, maxRetries: 5 });
  for (const path of await storage.list(folder)) await storage.delete(path);
}
