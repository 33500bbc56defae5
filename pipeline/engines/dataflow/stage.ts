import { openStorage } from '../../../lake/storage/open.js';
import type { Storage } from '../../../lake/storage/storage.js';
import { ConfigurationError } from '../../../schema/errors.js';

/**
 * Puts a file into Cloud Storage under a name that says its content: where the name is taken it is the same file, staged by
 * an attempt before this one.
 *
 * @param url `gs://bucket/folder/name`
 * @throws ConfigurationError or LakeError when the bucket refuses, or there is none
 */
export async function stageOnce(url: string, bytes: Uint8Array, open: OpenFolder = openStorage): Promise<void> {
  const slash = url.lastIndexOf('/');
  try {
    await open(url.slice(0, slash)).putIfAbsent(url.slice(slash + 1), bytes);
  } catch (error) {
    if (!(error instanceof ConfigurationError) || error.subject !== '--lake') throw error;
    throw new ConfigurationError('--staging-location', error.problem, error.remedy);
  }
}

/** Opens a `gs://` folder as a storage. */
export type OpenFolder = (url: string) => Storage;
