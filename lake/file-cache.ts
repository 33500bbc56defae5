import { createHash } from 'node:crypto';
import { mkdir, open, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { trimFolder } from './cache-trim.js';
import { LakeError } from './lake-error.js';
import { Turns } from './turns.js';
import { crc32c, crc32cText } from './storage/crc32c.js';
import { diskError } from './storage/disk-error.js';
import type { Storage, StoredObject } from './storage/storage.js';
import { removeTemporaries, temporaryName } from './storage/temporary.js';

export interface FileCacheOptions {
  /** Where copies lie; several processes may share it, and anybody may delete it at any time. */
  readonly folder: string;
  /** Copies that nobody has used for an hour are removed beyond this, bytes. */
  readonly maxBytes: number;
  /** Bytes of a range that is read at once (default 8 MiB). */
  readonly rangeBytes?: number;
}

const RANGE_BYTES = 8 << 20;

/** Copies that are made at the same time: each holds a range in memory. */
const AT_ONCE = 4;

/** A copy that was marked as used so recently is not marked again, ms. */
const MARK_EVERY = 5 * 60_000;

/**
 * Copies of a remote lake's files on this machine's disk, for programs that read nothing else. Copies are found by what
 * they are copies of (the object's path and generation), so one is never out of date; it gets its name when it is whole and
 * its CRC-32C is the object's. The folders of the path stay, because DuckDB takes partition columns from them.
 */
export class FileCache {
  readonly #turns = new Turns(AT_ONCE);
  /** Objects do not change, so what was seen once is known. */
  readonly #known = new Map<string, StoredObject>();
  readonly #running = new Map<string, Promise<string>>();
  #opened: Promise<unknown> | null = null;
  #grown = false;

  constructor(
    private readonly storage: Storage,
    private readonly options: FileCacheOptions,
  ) {}

  get folder(): string {
    return this.options.folder;
  }

  /** Throws a {@link LakeError} FULL when files of so many bytes may not be here together. */
  mustHaveRoom(bytes: number): void {
    const { folder, maxBytes } = this.options;
    if (bytes <= maxBytes) return;
    const problem = `Copies of ${gib(bytes)} of the lake are needed at once, ${folder} may hold ${gib(maxBytes)}`;
    throw new LakeError('FULL', problem, 'Ask for less, or raise LAKE_CACHE_BYTES');
  }

  /** The path of a whole copy of an object, made now if there is none. Throws a {@link LakeError} when that cannot be. */
  copyOf(path: string): Promise<string> {
    const running = this.#running.get(path);
    if (running) return running;
    const copy = this.#turns.run(() => this.#find(path)).finally(() => this.#running.delete(path));
    this.#running.set(path, copy);
    return copy;
  }

  /** Removes what has not been used for long, if there is too much. */
  async trim(): Promise<void> {
    if (!this.#grown) return;
    this.#grown = false;
    await trimFolder(this.options.folder, this.options.maxBytes, Date.now());
  }

  async #find(path: string): Promise<string> {
    await (this.#opened ??= this.#open());
    const object = this.#known.get(path) ?? (await this.storage.stat(path));
    if (object === null) throw missing(this.storage, path);
    this.#known.set(path, object);
    const target = this.#targetOf(path, object);
    if (await isWhole(target, object.size)) return target;
    try {
      await this.#copy(path, object, target);
    } catch (error) {
      // Somebody may have replaced the object by hand: the next call looks again.
      this.#known.delete(path);
      throw diskError(error, 'copy to', target);
    }
    return target;
  }

  async #copy(path: string, object: StoredObject, target: string): Promise<void> {
    const temporary = join(this.options.folder, temporaryName());
    try {
      // Anybody may have deleted the folder meanwhile. Copies of bronze hold identities.
      await mkdir(this.options.folder, { recursive: true, mode: 0o700 });
      const handle = await open(temporary, 'wx', 0o600);
      try {
        let sum = 0;
        for (let start = 0; start < object.size;) {
          const end = Math.min(object.size, start + (this.options.rangeBytes ?? RANGE_BYTES));
          const bytes = await this.storage.readRange(path, start, end);
          if (bytes === null) throw missing(this.storage, path);
          if (bytes.length !== end - start) throw damaged(this.storage, path);
          sum = crc32c(bytes, sum);
          await handle.write(bytes, 0, bytes.length, start);
          start = end;
        }
        if (object.crc32c !== null && object.crc32c !== crc32cText(sum)) throw damaged(this.storage, path);
        await handle.datasync();
      } finally {
        await handle.close();
      }
      await mkdir(dirname(target), { recursive: true });
      await rename(temporary, target);
      this.#grown = true;
    } finally {
      await rm(temporary, { force: true });
    }
  }

  /** `<folder>/<hash of the object>/event_date=.../<name>.parquet`. */
  #targetOf(path: string, { generation }: StoredObject): string {
    const hash = createHash('sha256').update(`${this.storage.root}\n${path}\n${generation}`).digest('hex').slice(0, 32);
    // Without tier and table.
    return join(this.options.folder, hash, ...path.split('/').slice(2));
  }

  async #open(): Promise<void> {
    const { folder } = this.options;
    try {
      await removeTemporaries(folder);
    } catch (error) {
      this.#opened = null;
      throw diskError(error, 'use', folder);
    }
  }
}

/** Whether a whole copy is there; marks it as used. */
async function isWhole(file: string, size: number): Promise<boolean> {
  const found = await stat(file).catch(() => null);
  if (found?.size !== size) return false;
  const now = Date.now();
  // A copy that vanishes under our hands is made anew by the caller's next look.
  if (now - found.mtimeMs > MARK_EVERY) await utimes(file, now / 1000, now / 1000).catch(() => undefined);
  return true;
}

function missing(storage: Storage, path: string): LakeError {
  return new LakeError(
    'GONE',
    `${storage.root}/${path} is missing`,
    'Ask again: compaction may have replaced it; if not, run vitals audit',
  );
}

function damaged(storage: Storage, path: string): LakeError {
  const problem = `${storage.root}/${path} does not have the checksum that the storage keeps of it`;
  return new LakeError('CORRUPT', problem, 'Ask again; if it happens again, restore the object from a copy');
}

function gib(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}
