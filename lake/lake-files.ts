import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from '../schema/errors.js';
import { FileCache, type FileCacheOptions } from './file-cache.js';
import { openStorage } from './storage/open.js';
import type { Storage } from './storage/storage.js';
import type { LiveFile } from './table-reader.js';

/** Lends the files of a lake to programs that read nothing but this machine's disk (DuckDB). */
export interface LakeFiles {
  /** Folders that hold everything that is lent. */
  readonly folders: readonly string[];
  /** True when lending costs no copy. */
  readonly inPlace: boolean;
  /** Throws a {@link LakeError} FULL when files of so many bytes may not be lent at the same time. */
  mustHaveRoom(bytes: number): void;
  /** Bytes that a file has where the lake lies; null when it is not there. */
  sizeOf(file: LiveFile): Promise<number | null>;
  /**
   * The same files with locations on this machine's disk, in their order. They stay at least an hour after they were lent.
   * Throws a {@link LakeError} when one of them is missing or damaged, or when there is no room.
   */
  lend(files: readonly LiveFile[]): Promise<readonly LiveFile[]>;
}

/** 20 GiB: a few weeks of 200 patients, a few days of 2,800. */
const DEFAULT_CACHE_BYTES = 20 * 2 ** 30;

/**
 * The files of a lake for programs without a network: those of a folder as they are, those of a bucket as copies in a cache.
 *
 * Throws a {@link ConfigurationError} for a cache size that is no number.
 */
export function openLakeFiles(root: string | Storage, cache: Partial<FileCacheOptions> = {}): LakeFiles {
  const storage = openStorage(root);
  if (storage.local) return inPlace(storage.root);
  return copies(storage, new FileCache(storage, { ...defaultCache(), ...cache }));
}

function inPlace(root: string): LakeFiles {
  return {
    folders: [root],
    inPlace: true,
    mustHaveRoom: () => undefined,
    sizeOf: async (file) => (await stat(file.location).catch(() => null))?.size ?? null,
    lend: (files) => Promise.resolve(files),
  };
}

function copies(storage: Storage, cache: FileCache): LakeFiles {
  const pathOf = (file: LiveFile) => file.location.slice(storage.root.length + 1);
  return {
    folders: [cache.folder],
    inPlace: false,
    mustHaveRoom: (bytes) => cache.mustHaveRoom(bytes),
    sizeOf: async (file) => (await storage.stat(pathOf(file)))?.size ?? null,
    async lend(files) {
      cache.mustHaveRoom(files.reduce((sum, file) => sum + file.bytes, 0));
      const lent = files.map(async (file) => ({ ...file, location: await cache.copyOf(pathOf(file)) }));
      // All come to their end before the first failure is told: nobody is left behind who still writes.
      const outcomes = await Promise.allSettled(lent);
      const failed = outcomes.find((outcome) => outcome.status === 'rejected');
      if (failed) throw failed.reason;
      await cache.trim();
      return Promise.all(lent);
    },
  };
}

/** `LAKE_CACHE` and `LAKE_CACHE_BYTES`, else the user's cache folder. */
function defaultCache(): FileCacheOptions {
  const { LAKE_CACHE, LAKE_CACHE_BYTES, XDG_CACHE_HOME } = process.env;
  const maxBytes = Number(LAKE_CACHE_BYTES || DEFAULT_CACHE_BYTES);
  if (!(maxBytes > 0)) {
    throw new ConfigurationError(
      'LAKE_CACHE_BYTES',
      `${LAKE_CACHE_BYTES} is no number of bytes`,
      'Give one, such as 20000000000',
    );
  }
  const folder = LAKE_CACHE || join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'vitals-lakehouse', 'lake');
  return { folder, maxBytes };
}
