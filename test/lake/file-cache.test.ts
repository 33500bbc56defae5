import { describe, expect, test } from '@jest/globals';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileCache } from '../../lake/file-cache.js';
import { trimFolder } from '../../lake/cache-trim.js';
import type { Storage, StoredObject } from '../../lake/storage/storage.js';
import { crc32c, crc32cText } from '../../lake/storage/crc32c.js';
import { MemoryStorage } from './memory-storage.js';
import { scratch } from './scratch.js';

const PATH = 'silver/patient_vitals/event_date=2026-11-21/000000000001-0123456789abcdef.parquet';
const HOUR = 3_600_000;

/** Memory with what a bucket knows of its objects, and a count of what is read. */
class Bucket extends MemoryStorage {
  reads = 0;
  /** What is done to bytes on their way. */
  tamper = (bytes: Uint8Array): Uint8Array => bytes;

  override async readRange(path: string, start: number, end: number | null): Promise<Uint8Array | null> {
    this.reads += 1;
    const bytes = await super.readRange(path, start, end);
    return bytes && this.tamper(bytes);
  }

  override async stat(path: string): Promise<StoredObject | null> {
    const found = this.objects.get(path);
    if (!found) return null;
    const { bytes, modified } = found;
    return { size: bytes.length, modified, generation: String(crc32c(bytes)), crc32c: crc32cText(crc32c(bytes)) };
  }
}

async function bucketWith(bytes: Uint8Array, path = PATH): Promise<Bucket> {
  const bucket = new Bucket();
  await bucket.putIfAbsent(path, bytes);
  return bucket;
}

const open = (storage: Storage, folder: string, maxBytes = 1e9) =>
  new FileCache(storage, { folder, maxBytes, rangeBytes: 1_000 });

describe('the cache of a remote lake', () => {
  test('copies a file by ranges, once, and keeps the folder that tells its partition', async () => {
    const bytes = Buffer.alloc(3_500, 5);
    const bucket = await bucketWith(bytes);
    const cache = open(bucket, scratch());
    const [first, again] = await Promise.all([cache.copyOf(PATH), cache.copyOf(PATH)]);
    expect(first).toBe(again);
    expect(first).toMatch(/\/[0-9a-f]{32}\/event_date=2026-11-21\/000000000001-0123456789abcdef\.parquet$/);
    expect(readFileSync(first).equals(bytes)).toBe(true);
    expect(await cache.copyOf(PATH)).toBe(first);
    expect(bucket.reads).toBe(4);
  });

  test('is found again by another process, and may be deleted at any time', async () => {
    const bucket = await bucketWith(Buffer.from('content'));
    const folder = join(scratch(), 'cache');
    const file = await open(bucket, folder).copyOf(PATH);
    const reads = bucket.reads;
    const cache = open(bucket, folder);
    expect(await cache.copyOf(PATH)).toBe(file);
    expect(bucket.reads).toBe(reads);
    rmSync(folder, { recursive: true });
    expect(await cache.copyOf(PATH)).toBe(file);
    expect(readFileSync(file, 'utf8')).toBe('content');
  });

  test('is for its owner only: copies of bronze hold identities', async () => {
    const folder = join(scratch(), 'cache');
    const file = await open(await bucketWith(Buffer.from('content')), folder).copyOf(PATH);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('never shows an old object under the name of a new one', async () => {
    const bucket = await bucketWith(Buffer.from('old'));
    const folder = scratch();
    const old = await open(bucket, folder).copyOf(PATH);
    await bucket.delete(PATH);
    await bucket.putIfAbsent(PATH, Buffer.from('new'));
    const file = await open(bucket, folder).copyOf(PATH);
    expect(file).not.toBe(old);
    expect(readFileSync(file, 'utf8')).toBe('new');
  });

  test.each([
    ['damaged', (bytes: Uint8Array) => bytes.map((byte) => byte ^ 1), 'CORRUPT'],
    ['cut short', (bytes: Uint8Array) => bytes.subarray(1), 'CORRUPT'],
  ])('takes no copy of bytes that came %s', async (_, tamper, code) => {
    const bucket = await bucketWith(Buffer.from('content'));
    const cache = open(bucket, scratch());
    bucket.tamper = tamper;
    await expect(cache.copyOf(PATH)).rejects.toMatchObject({ code });
    expect(readdirSync(cache.folder)).toEqual([]);
    bucket.tamper = (bytes) => bytes;
    expect(readFileSync(await cache.copyOf(PATH), 'utf8')).toBe('content');
  });

  test('makes a torn copy anew', async () => {
    const bucket = await bucketWith(Buffer.from('content'));
    const cache = open(bucket, scratch());
    const file = await cache.copyOf(PATH);
    writeFileSync(file, 'con');
    expect(readFileSync(await cache.copyOf(PATH), 'utf8')).toBe('content');
  });

  test('says which file is missing', async () => {
    const cache = open(new Bucket(), scratch());
    await expect(cache.copyOf(PATH)).rejects.toMatchObject({ code: 'GONE', problem: `memory:/${PATH} is missing` });
  });

  test('says what is too much, and which variable allows more', () => {
    const cache = open(new Bucket(), '/cache', 2 ** 30);
    expect(() => cache.mustHaveRoom(2 ** 30)).not.toThrow();
    expect(() => cache.mustHaveRoom(3 * 2 ** 30)).toThrow(
      'Copies of 3.0 GiB of the lake are needed at once, /cache may hold 1.0 GiB. Ask for less, or raise LAKE_CACHE_BYTES',
    );
  });
});

describe('a cache that has grown too large', () => {
  const now = Date.UTC(2026, 10, 21);

  /** Copies of 100 bytes, used so many hours ago. */
  function folderWith(ages: readonly number[]): string {
    const folder = scratch();
    ages.forEach((age, i) => {
      const own = join(folder, String(i).padStart(32, '0'), 'event_date=2026-11-21');
      mkdirSync(own, { recursive: true });
      writeFileSync(join(own, 'a.parquet'), Buffer.alloc(100));
      utimesSync(join(own, 'a.parquet'), (now - age * HOUR) / 1000, (now - age * HOUR) / 1000);
    });
    return folder;
  }
  const left = (folder: string) => readdirSync(folder).map(Number);

  test('loses what has been idle longest', async () => {
    const folder = folderWith([5, 9, 2, 7]);
    expect(await trimFolder(folder, 300, now)).toBe(2);
    expect(left(folder)).toEqual([0, 2]);
  });

  test('keeps what was used within the hour, whatever its size', async () => {
    const folder = folderWith([0.1, 0.5, 1, 9]);
    expect(await trimFolder(folder, 100, now)).toBe(1);
    expect(left(folder)).toEqual([0, 1, 2]);
  });

  test('keeps everything below its limit', async () => {
    const folder = folderWith([99, 99]);
    expect(await trimFolder(folder, 200, now)).toBe(0);
  });

  test("touches nothing that is not a copy, should the folder be somebody's home", async () => {
    const folder = folderWith([9, 9]);
    const photos = join(folder, 'photos');
    mkdirSync(photos);
    writeFileSync(join(photos, 'a.jpg'), Buffer.alloc(1_000));
    utimesSync(join(photos, 'a.jpg'), 1, 1);
    expect(await trimFolder(folder, 0, now)).toBe(2);
    expect(existsSync(join(photos, 'a.jpg'))).toBe(true);
  });
});
