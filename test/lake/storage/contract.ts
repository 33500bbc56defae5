import { expect, test } from '@jest/globals';
import type { Storage } from '../../../lake/storage/storage.js';

const text = (value: string) => Buffer.from(value, 'utf8');
const read = (bytes: Uint8Array | null) => (bytes === null ? null : Buffer.from(bytes).toString('utf8'));

/**
 * What every storage of a lake must do, whatever it is made of: the one contract of lake/storage/storage.ts.
 *
 * @param open an empty storage of its own for each test
 */
export function storageContract(open: () => Promise<Storage> | Storage): void {
  test('an object has its bytes, its size, its age and its place in the listing; folders come into being by themselves', async () => {
    const storage = await open();
    const before = Date.now() - 60_000;
    expect(await storage.putIfAbsent('a/b/c.json', text('hello'))).toBe('created');
    expect(read(await storage.readRange('a/b/c.json', 0, null))).toBe('hello');
    const found = await storage.stat('a/b/c.json');
    expect(found).toMatchObject({ size: 5 });
    expect(found!.modified).toBeGreaterThan(before);
    expect(await storage.list('a/')).toEqual(['a/b/c.json']);
    expect(await storage.list('')).toEqual(['a/b/c.json']);
  });

  test.each([
    [0, 5, 'hello'],
    [1, 3, 'el'],
    [3, null, 'lo'],
    [3, 99, 'lo'],
    [5, 9, ''],
    [7, 9, ''],
    [2, 2, ''],
    [4, 1, ''],
  ] as const)('the bytes from %s up to %s of hello are %j', async (start, end, expected) => {
    const storage = await open();
    await storage.putIfAbsent('a', text('hello'));
    expect(read(await storage.readRange('a', start, end))).toBe(expected);
  });

  test('an object may be empty', async () => {
    const storage = await open();
    expect(await storage.putIfAbsent('empty', text(''))).toBe('created');
    expect(read(await storage.readRange('empty', 0, null))).toBe('');
    expect(read(await storage.readRange('empty', 0, 4))).toBe('');
    expect(await storage.stat('empty')).toMatchObject({ size: 0 });
  });

  test('what is not there is null, an empty list, and no error to delete', async () => {
    const storage = await open();
    expect(await storage.readRange('x', 0, null)).toBeNull();
    expect(await storage.readRange('x', 5, 9)).toBeNull();
    expect(await storage.readRange('x', 5, 5)).toBeNull();
    expect(await storage.stat('x')).toBeNull();
    expect(await storage.list('x/')).toEqual([]);
    await expect(storage.delete('x')).resolves.toBeUndefined();
  });

  test('what has been deleted is gone, and its name is free', async () => {
    const storage = await open();
    await storage.putIfAbsent('a', text('first'));
    await storage.delete('a');
    expect(await storage.stat('a')).toBeNull();
    expect(await storage.list('')).toEqual([]);
    expect(await storage.putIfAbsent('a', text('second'))).toBe('created');
    expect(read(await storage.readRange('a', 0, null))).toBe('second');
  });

  test.each(['second', 'first'])(
    'the second writer of a name, with the bytes %j, is told so and changes nothing',
    async (bytes) => {
      const storage = await open();
      expect(await storage.putIfAbsent('a', text('first'))).toBe('created');
      expect(await storage.putIfAbsent('a', text(bytes))).toBe('exists');
      expect(read(await storage.readRange('a', 0, null))).toBe('first');
    },
  );

  test.each([
    ['bytes of their own', (i: number) => `${i}`],
    ['the same bytes', () => 'same'],
  ])('of many writers of one name with %s exactly one creates it', async (_, bytes) => {
    const storage = await open();
    const outcomes = await Promise.all(Array.from({ length: 20 }, (__, i) => storage.putIfAbsent('a', text(bytes(i)))));
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
    expect(read(await storage.readRange('a', 0, null))).toBe(bytes(outcomes.indexOf('created')));
  });

  test('a listing is in order, complete, and of one folder only', async () => {
    const storage = await open();
    const names = Array.from({ length: 23 }, (_, i) => `t/event_date=2026-11-${String(30 - i).padStart(2, '0')}/f`);
    for (const name of [...names, 't2/x', 's/x', 't/_delta_log/0.json']) await storage.putIfAbsent(name, text(name));
    expect(await storage.list('t/')).toEqual(['t/_delta_log/0.json', ...names].sort());
    expect(await storage.list('')).toHaveLength(names.length + 3);
    expect(await storage.list('t/event_date=2026-11-30/')).toEqual(['t/event_date=2026-11-30/f']);
  });

  test('a large object comes back byte for byte, whole and in parts', async () => {
    const storage = await open();
    const bytes = Buffer.alloc(1_500_001).map((_, i) => (i * 2654435761) >>> 24);
    expect(await storage.putIfAbsent('large', bytes)).toBe('created');
    expect(await storage.putIfAbsent('large', bytes.subarray(1))).toBe('exists');
    expect(Buffer.compare((await storage.readRange('large', 0, null))!, bytes)).toBe(0);
    expect(
      Buffer.compare((await storage.readRange('large', 700_000, 1_400_000))!, bytes.subarray(700_000, 1_400_000)),
    ).toBe(0);
  });
}
