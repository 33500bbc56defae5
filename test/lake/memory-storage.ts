import type { Storage, StoredObject } from '../../lake/storage/storage.js';

/** A storage without files: what a cloud bucket looks like to the lake, and quick enough to crash a thousand times. */
export class MemoryStorage implements Storage {
  readonly root = 'memory:';
  readonly local = null;
  readonly objects = new Map<string, { readonly bytes: Uint8Array; modified: number }>();

  readRange(path: string, start: number, end: number | null): Promise<Uint8Array | null> {
    return Promise.resolve(this.objects.get(path)?.bytes.slice(start, end ?? undefined) ?? null);
  }

  list(prefix: string): Promise<readonly string[]> {
    return Promise.resolve([...this.objects.keys()].filter((path) => path.startsWith(prefix)).sort());
  }

  putIfAbsent(path: string, bytes: Uint8Array): Promise<'created' | 'exists'> {
    if (this.objects.has(path)) return Promise.resolve('exists');
    this.objects.set(path, { bytes: bytes.slice(), modified: Date.now() });
    return Promise.resolve('created');
  }

  delete(path: string): Promise<void> {
    this.objects.delete(path);
    return Promise.resolve();
  }

  stat(path: string): Promise<StoredObject | null> {
    const found = this.objects.get(path);
    return Promise.resolve(
      found ? { size: found.bytes.length, modified: found.modified, generation: null, crc32c: null } : null,
    );
  }
}
