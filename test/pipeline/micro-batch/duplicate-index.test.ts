import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { BUCKET_MILLIS, DuplicateIndex } from '../../../pipeline/engines/micro-batch/duplicate-index.js';

const T0 = Date.UTC(2026, 10, 21, 7);
const id = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 22);

function emptyIndex(maxKeys = 1_000_000): DuplicateIndex {
  const index = new DuplicateIndex(maxKeys);
  index.load(DuplicateIndex.bucketOf(T0), [], []);
  return index;
}

describe('the duplicate index', () => {
  test('knows a version that it has seen, and another version of the same reading', () => {
    const index = emptyIndex();
    expect(index.observe(id('r1'), id('a'), T0)).toBe('new');
    expect(index.observe(id('r1'), id('a'), T0)).toBe('repeat');
    expect(index.observe(id('r1'), id('b'), T0)).toBe('version');
    expect(index.observe(id('r1'), id('b'), T0)).toBe('repeat');
    expect(index.observe(id('r2'), id('a'), T0)).toBe('new');
  });

  test('answers for 50,000 readings exactly, across every growth of its tables', () => {
    const index = emptyIndex();
    const readings = Array.from({ length: 50_000 }, (_, i) => [id(`r${i}`), id(`c${i}`)] as const);
    expect(new Set(readings.map(([r, c]) => index.observe(r, c, T0)))).toEqual(new Set(['new']));
    expect(new Set(readings.map(([r, c]) => index.observe(r, c, T0)))).toEqual(new Set(['repeat']));
    expect(index.size).toBe(50_000);
  });

  test('a bucket that was loaded from silver knows what silver knows', () => {
    const index = new DuplicateIndex(1_000_000);
    index.load(DuplicateIndex.bucketOf(T0), [id('r1'), id('r1')], [id('a'), id('b')]);
    expect(index.observe(id('r1'), id('b'), T0)).toBe('repeat');
    expect(index.observe(id('r1'), id('c'), T0)).toBe('version');
  });

  test('refuses to answer for a bucket that is not resident, rather than call a reading new', () => {
    const index = emptyIndex();
    expect(() => index.observe(id('r1'), id('a'), T0 + BUCKET_MILLIS)).toThrow(/not resident/);
  });

  test('drops the bucket that was not used for the longest time, never one that is in use', () => {
    const index = new DuplicateIndex(10);
    const buckets = [0, 1, 2].map((n) => DuplicateIndex.bucketOf(T0 + n * BUCKET_MILLIS));
    for (const bucket of buckets) {
      index.load(bucket, [], []);
      for (let i = 0; i < 8; i += 1) index.observe(id(`${bucket}/${i}`), id('c'), bucket);
    }
    index.retain([buckets[0]!, buckets[2]!]);
    expect(buckets.map((bucket) => index.isResident(bucket))).toEqual([true, false, true]);
    expect(index.size).toBe(16);
  });
});
