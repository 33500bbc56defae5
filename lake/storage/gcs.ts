import { setTimeout as pause } from 'node:timers/promises';
import { LakeError } from '../lake-error.js';
import { GcsBucket } from './gcs-bucket.js';
import { gcsError, isTransient } from './gcs-failure.js';
import type { GcsTransportOptions } from './gcs-request.js';
import { resumableUpload, SessionLost, type Sender } from './gcs-resumable.js';
import { multipartRequest, uploadOf, uploadOutcome, type Upload, type UploadOutcome } from './gcs-upload.js';
import { parseGcsUrl } from './gcs-url.js';
import { DEFAULT_RETRIES, withRetries, type RetryMeans, type RetryPolicy } from './retry.js';
import type { Storage, StoredObject } from './storage.js';

export interface GcsOptions extends GcsTransportOptions {
  readonly retries?: RetryPolicy;
  readonly means?: RetryMeans;
  /** Larger objects go up in pieces of this size, a multiple of 256 KiB (default 8 MiB). */
  readonly chunkBytes?: number;
}

const CHUNK_BYTES = 8 << 20;

const MEANS: RetryMeans = { random: Math.random, wait: (millis) => pause(millis) };

/**
 * A lake in a bucket of Google Cloud Storage (`gs://bucket/prefix`).
 *
 * Every operation may be repeated without harm and is, while the storage is out of breath (408, 409, 429, 5xx, no
 * answer): reads change nothing; objects never change, so that deleting twice is deleting once; and creating is guarded by
 * `ifGenerationMatch=0` and a token of the call in the object's metadata. When an answer got lost, the token tells whether
 * the object that is there now is this call's: an attempt that did arrive is never taken for a failure, and of any
 * number of callers exactly one hears `created`, even with the same bytes.
 *
 * Reads are checked: a whole object by length and CRC-32C, a part by its place and length.
 */
export class GcsStorage implements Storage {
  readonly root: string;
  readonly local = null;
  readonly #bucket: GcsBucket;
  readonly #retries: RetryPolicy;
  readonly #means: RetryMeans;
  readonly #chunkBytes: number;
  readonly #sender: Sender;

  /** Throws a ConfigurationError for a URL that names no bucket. */
  constructor(url: string, options: GcsOptions = {}) {
    const place = parseGcsUrl(url);
    this.root = place.url;
    this.#bucket = new GcsBucket(place, options);
    this.#retries = options.retries ?? DEFAULT_RETRIES;
    this.#means = options.means ?? MEANS;
    this.#chunkBytes = options.chunkBytes ?? CHUNK_BYTES;
    this.#sender = { once: (request) => this.#bucket.send(request), retried: (work) => this.#retried(work) };
  }

  readRange(path: string, start: number, endExclusive: number | null): Promise<Uint8Array | null> {
    return this.#guarded('read', path, async () => {
      if (start === 0 && endExclusive === null) return this.#retried(() => this.#bucket.readWhole(path));
      // HTTP cannot ask for an empty range.
      if (endExclusive !== null && endExclusive <= start) return (await this.stat(path)) && new Uint8Array(0);
      return this.#retried(() => this.#bucket.readPart(path, start, endExclusive));
    });
  }

  list(prefix: string): Promise<readonly string[]> {
    return this.#guarded('list', prefix, async () => {
      const names: string[] = [];
      let token: string | undefined;
      do {
        const page = await this.#retried(() => this.#bucket.listPage(prefix, token, names.at(-1) ?? ''));
        names.push(...page.names);
        token = page.next;
      } while (token !== undefined);
      return names.filter((name) => !name.endsWith('/'));
    });
  }

  putIfAbsent(path: string, bytes: Uint8Array): Promise<'created' | 'exists'> {
    return this.#guarded('write', path, async () => {
      const upload = uploadOf(this.#bucket.place.prefix + path, bytes);
      try {
        if ((await this.#upload(upload)) !== 'taken') return 'created';
      } catch (error) {
        // The last attempt may have arrived all the same. If even that cannot be asked, the first error says more.
        if (isTransient(error) && (await this.#isOurs(path, upload).catch(() => false))) return 'created';
        throw error;
      }
      return (await this.#isOurs(path, upload)) ? 'created' : 'exists';
    });
  }

  delete(path: string): Promise<void> {
    return this.#guarded('delete', path, () => this.#retried(() => this.#bucket.delete(path)));
  }

  stat(path: string): Promise<StoredObject | null> {
    return this.#guarded('look at', path, () => this.#retried(() => this.#bucket.look(path)));
  }

  async #upload(upload: Upload): Promise<UploadOutcome> {
    const { path } = this.#bucket;
    if (upload.bytes.length <= this.#chunkBytes) {
      const request = multipartRequest(path, upload);
      return this.#retried(async () => uploadOutcome(await this.#bucket.send(request), upload));
    }
    // A session that is lost costs the whole object once more, so nothing else is worth a new one.
    const isLost = (error: unknown) => error instanceof SessionLost;
    const begin = () => resumableUpload(path, upload, this.#chunkBytes, this.#sender);
    return withRetries(begin, isLost, this.#retries, this.#means);
  }

  /** Whether the object is this call's: then the answer to one of its attempts got lost. */
  async #isOurs(path: string, upload: Upload): Promise<boolean> {
    const found = await this.#retried(() => this.#bucket.look(path));
    if (found?.token !== upload.token) return false;
    if (found.size === upload.bytes.length && found.crc32c === upload.crc32c) return true;
    const problem = `${this.root}/${path} was written, but holds other bytes than were sent`;
    throw new LakeError('CORRUPT', problem, 'Delete that object, then start again');
  }

  #retried<T>(work: () => Promise<T>): Promise<T> {
    return withRetries(work, isTransient, this.#retries, this.#means);
  }

  async #guarded<T>(action: string, path: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw gcsError(error, action, this.#bucket.place, path);
    }
  }
}
