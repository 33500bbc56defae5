import { openStorage } from '../../../lake/storage/open.js';
import type { Storage } from '../../../lake/storage/storage.js';

const storages = new Map<string, Storage>();

/** The storage of a lake, opened once in a worker process: a DoFn is copied for each bundle processor. */
export function workerStorage(lake: string): Storage {
  let storage = storages.get(lake);
  if (storage === undefined) {
    storage = openStorage(lake);
    storages.set(lake, storage);
  }
  return storage;
}
