/** What only a storage on this machine's own disk can do; programs that need files (DuckDB) copy where it is absent. */
export interface LocalFiles {
  /** The absolute path of an object. */
  absolute(path: string): string;
  /** As {@link Storage.putIfAbsent}, taking over a finished file of the same file system: it is gone afterwards. */
  adopt(path: string, file: string): Promise<'created' | 'exists'>;
  /** Where a program may write a file for {@link adopt}: next to the object, invisible to readers. */
  temporary(path: string): Promise<string>;
  /** Removes the temporary files below a folder whose processes are no more; how many there were. */
  removeTemporaries(prefix: string): Promise<number>;
}

/** What a storage knows of an object without reading it. */
export interface StoredObject {
  /** Bytes. */
  readonly size: number;
  /** When it was written, epoch ms. */
  readonly modified: number;
  /** Tells an object from any other that ever had its name; null where the storage does not keep such a thing. */
  readonly generation: string | null;
  /** CRC-32C of the bytes, base64; null where the storage does not keep one. */
  readonly crc32c: string | null;
}

/**
 * Where a lake lies, local disk or Google Cloud Storage, behind five operations. Paths are relative to the root.
 *
 * Delivery: an object that {@link putIfAbsent} reported as created is complete and survives a power failure; nobody
 * ever sees a part of it; of any number of callers with the same path exactly one hears `created`. Objects never change.
 * Errors: a {@link LakeError} for what an operator can mend (disk full, no permission), else the original error. When
 * `putIfAbsent` throws, the object may or may not be there.
 */
export interface Storage {
  /** The root as people write it: an absolute path or `gs://bucket/prefix`, without a final slash. */
  readonly root: string;
  readonly local: LocalFiles | null;
  /** Bytes from `start` up to `endExclusive` (null: the end); null when there is no such object. */
  readRange(path: string, start: number, endExclusive: number | null): Promise<Uint8Array | null>;
  /** Paths of all objects below a folder (`prefix` ends in `/`, or is empty), in order; temporary files are not shown. */
  list(prefix: string): Promise<readonly string[]>;
  putIfAbsent(path: string, bytes: Uint8Array): Promise<'created' | 'exists'>;
  /** Removing what is not there is no error. */
  delete(path: string): Promise<void>;
  /** Null when there is no such object. */
  stat(path: string): Promise<StoredObject | null>;
}
