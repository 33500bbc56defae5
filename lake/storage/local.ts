import { open, readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { diskError, errorCode } from './disk-error.js';
import { openNew, publish, temporaryFor, unlinkIfThere } from './publish.js';
import type { LocalFiles, Storage, StoredObject } from './storage.js';
import { isTemporary, removeTemporaries, temporaryName } from './temporary.js';

/**
 * A lake on local disk. An object gets its name by `link`, which (unlike `rename`) never replaces one, after its bytes
 * have been flushed; then the folder is flushed. A failed flush discards the file and is never tried again: the kernel
 * may have dropped the pages and would report success the second time.
 */
export class LocalStorage implements Storage {
  readonly root: string;
  readonly local: LocalFiles;

  constructor(root: string) {
    this.root = resolve(root);
    this.local = {
      absolute: (path) => join(this.root, path),
      adopt: (path, file) => this.#adopt(path, file),
      temporary: (path) => this.#guarded('write', path, temporaryFor),
      removeTemporaries: (prefix) => this.#guarded('clean up', prefix, removeTemporaries),
    };
  }

  readRange(path: string, start: number, endExclusive: number | null): Promise<Uint8Array | null> {
    return this.#guarded('read', path, async (file) => {
      try {
        if (start === 0 && endExclusive === null) return await readFile(file);
        return await readPart(file, start, endExclusive);
      } catch (error) {
        if (errorCode(error) === 'ENOENT') return null;
        throw error;
      }
    });
  }

  list(prefix: string): Promise<readonly string[]> {
    return this.#guarded('list', prefix, async (folder) => {
      const found: string[] = [];
      await walk(folder, prefix, found);
      return found.sort();
    });
  }

  putIfAbsent(path: string, bytes: Uint8Array): Promise<'created' | 'exists'> {
    return this.#guarded('write', path, async (file) => {
      const folder = dirname(file);
      const temporary = join(folder, temporaryName());
      try {
        const handle = await openNew(temporary, folder);
        try {
          await handle.writeFile(bytes);
          await handle.sync();
        } finally {
          await handle.close();
        }
        return await publish(temporary, file);
      } finally {
        await unlinkIfThere(temporary);
      }
    });
  }

  delete(path: string): Promise<void> {
    return this.#guarded('delete', path, unlinkIfThere);
  }

  stat(path: string): Promise<StoredObject | null> {
    return this.#guarded('look at', path, async (file) => {
      try {
        const found = await stat(file);
        return { size: found.size, modified: found.mtimeMs, generation: null, crc32c: null };
      } catch (error) {
        if (errorCode(error) === 'ENOENT') return null;
        throw error;
      }
    });
  }

  #adopt(path: string, temporary: string): Promise<'created' | 'exists'> {
    return this.#guarded('write', path, async (file) => {
      try {
        const handle = await open(temporary, 'r+');
        try {
          await handle.sync();
        } finally {
          await handle.close();
        }
        return await publish(temporary, file);
      } finally {
        await unlinkIfThere(temporary);
      }
    });
  }

  async #guarded<T>(action: string, path: string, work: (absolute: string) => Promise<T>): Promise<T> {
    const absolute = join(this.root, path);
    try {
      return await work(absolute);
    } catch (error) {
      throw diskError(error, action, absolute);
    }
  }
}

async function readPart(file: string, start: number, endExclusive: number | null): Promise<Uint8Array> {
  const handle = await open(file, 'r');
  try {
    const end = endExclusive ?? (await handle.stat()).size;
    const bytes = new Uint8Array(Math.max(0, end - start));
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, start + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } finally {
    await handle.close();
  }
}

async function walk(folder: string, prefix: string, found: string[]): Promise<void> {
  let entries;
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    // A folder that is not there, or that compaction emptied meanwhile, holds nothing.
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  for (const entry of entries) {
    if (isTemporary(entry.name)) continue;
    if (entry.isDirectory()) await walk(folder + sep + entry.name, `${prefix}${entry.name}/`, found);
    else found.push(prefix + entry.name);
  }
}
