/**
 * Which versions of which readings are in silver already: an index over reading_id and content_hash, in buckets of ten
 * minutes of event time.
 *
 * A resident bucket is complete: it was either empty when the lake was, or loaded from silver, and everything committed
 * since has been added. So a reading is never assumed new because the index has forgotten it; the engine loads the
 * buckets of a batch before it asks. Buckets that were not used for the longest time are dropped beyond `maxKeys`.
 *
 * Twelve bytes an entry: 64 bits of the reading and 32 of the content. A repeat is recognised by all 96 bits; a match of
 * the reading alone is only a suspicion of another version, which the caller verifies in silver.
 */
export class DuplicateIndex {
  readonly #buckets = new Map<number, Bucket>();
  #keys = 0;

  /** @param maxKeys entries kept at most (but never fewer than the buckets of one batch) */
  constructor(private readonly maxKeys: number) {}

  get size(): number {
    return this.#keys;
  }

  /** The start of the bucket that an event time falls into. */
  static bucketOf(eventTime: number): number {
    return Math.floor(eventTime / BUCKET_MILLIS) * BUCKET_MILLIS;
  }

  isResident(bucket: number): boolean {
    return this.#buckets.has(bucket);
  }

  /** Makes a bucket resident with what silver holds of it. */
  load(bucket: number, readingIds: readonly string[], contentHashes: readonly string[]): void {
    const table = new Bucket(readingIds.length);
    this.#buckets.set(bucket, table);
    for (let i = 0; i < readingIds.length; i += 1) {
      table.observe(readingIds[i] ?? '', contentHashes[i] ?? '');
    }
    this.#keys += table.size;
  }

  /**
   * Asks for a version and remembers it.
   *
   * @returns `new` for a reading that is not there, `repeat` for a version that is, `version` when the reading seems to
   * be there with other content
   */
  observe(readingId: string, contentHash: string, eventTime: number): Sighting {
    const start = DuplicateIndex.bucketOf(eventTime);
    const bucket = this.#buckets.get(start);
    if (!bucket) throw new Error(`duplicate index: bucket ${new Date(start).toISOString()} is not resident`);
    const before = bucket.size;
    const sighting = bucket.observe(readingId, contentHash);
    this.#keys += bucket.size - before;
    return sighting;
  }

  /** Marks buckets as just used, and drops the least recently used ones beyond the limit. */
  retain(used: Iterable<number>): void {
    for (const start of used) {
      const bucket = this.#buckets.get(start);
      if (!bucket) continue;
      this.#buckets.delete(start);
      this.#buckets.set(start, bucket);
    }
    const keep = new Set(used);
    for (const [start, bucket] of this.#buckets) {
      if (this.#keys <= this.maxKeys || keep.has(start)) break;
      this.#buckets.delete(start);
      this.#keys -= bucket.size;
    }
  }
}

export type Sighting = 'new' | 'repeat' | 'version';

/** Ten minutes: seven buckets cover the lateness horizon of one hour, and a bucket reloads in about a second at 2,800/s. */
export const BUCKET_MILLIS = 600_000;

const MIN_CAPACITY = 1024;
/** Linear probing stays short below this share of used slots. */
const MAX_LOAD = 0.6;

/** Open addressing over three parallel columns; a slot whose reading is 0/0 is free. */
class Bucket {
  size = 0;
  #mask: number;
  #low: Int32Array;
  #high: Int32Array;
  #content: Int32Array;

  constructor(expected: number) {
    const capacity = Math.max(MIN_CAPACITY, 2 ** Math.ceil(Math.log2(expected / MAX_LOAD + 1)));
    this.#mask = capacity - 1;
    this.#low = new Int32Array(capacity);
    this.#high = new Int32Array(capacity);
    this.#content = new Int32Array(capacity);
  }

  observe(readingId: string, contentHash: string): Sighting {
    const low = bits(readingId, 0) || 1;
    const high = bits(readingId, 6);
    const content = bits(contentHash, 0);
    let seenReading = false;
    let slot = low & this.#mask;
    for (;;) {
      const slotLow = this.#low[slot] ?? 0;
      const slotHigh = this.#high[slot] ?? 0;
      if (slotLow === 0) break;
      if (slotLow === low && slotHigh === high) {
        if (this.#content[slot] === content) return 'repeat';
        seenReading = true;
      }
      slot = (slot + 1) & this.#mask;
    }
    this.#low[slot] = low;
    this.#high[slot] = high;
    this.#content[slot] = content;
    this.size += 1;
    if (this.size > (this.#mask + 1) * MAX_LOAD) this.#grow();
    return seenReading ? 'version' : 'new';
  }

  #grow(): void {
    const [low, high, content] = [this.#low, this.#high, this.#content];
    const capacity = (this.#mask + 1) * 2;
    this.#mask = capacity - 1;
    this.#low = new Int32Array(capacity);
    this.#high = new Int32Array(capacity);
    this.#content = new Int32Array(capacity);
    for (let i = 0; i < low.length; i += 1) {
      const key = low[i] ?? 0;
      if (key === 0) continue;
      let slot = key & this.#mask;
      while (this.#low[slot] !== 0) slot = (slot + 1) & this.#mask;
      this.#low[slot] = key;
      this.#high[slot] = high[i] ?? 0;
      this.#content[slot] = content[i] ?? 0;
    }
  }
}

/** 32 bits out of six characters of a base64url hash. */
function bits(hash: string, from: number): number {
  return (
    (sextet(hash, from) << 26) ^
    (sextet(hash, from + 1) << 20) ^
    (sextet(hash, from + 2) << 14) ^
    (sextet(hash, from + 3) << 8) ^
    (sextet(hash, from + 4) << 2) ^
    (sextet(hash, from + 5) >> 4)
  );
}

const SEXTETS = new Int8Array(128);
[...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'].forEach((character, value) => {
  SEXTETS[character.charCodeAt(0)] = value;
});

function sextet(hash: string, at: number): number {
  return SEXTETS[hash.charCodeAt(at) & 127] ?? 0;
}
