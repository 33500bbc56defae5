import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { GcsStorage } from '../../../lake/storage/gcs.js';
import { FakeGcs } from './fake-gcs.js';
import { randomFaults, randomOf, type FaultKind } from './faults.js';

/** CI runs a thousand; `STORAGE_OPERATIONS=10000` is the figure in docs/storage.md. */
const OPERATIONS = Number(process.env['STORAGE_OPERATIONS'] ?? 1_000);
const SEED = Number(process.env['STORAGE_SEED'] ?? 20261121);
const FAULTY = 0.2;

/** Names, so that operations meet; the largest object takes 13 pieces. */
const NAMES = 60;
const CHUNK = 256 << 10;

let fake: FakeGcs;
beforeAll(async () => void (fake = await FakeGcs.start()));
afterAll(() => fake.stop());

test(
  `${OPERATIONS} operations on a bucket, of whose requests one in five goes wrong, end as if none had (seed ${SEED})`,
  async () => {
    const random = randomOf(SEED);
    const counts = new Map<FaultKind, number>();
    fake.faults = randomFaults(randomOf(SEED + 1), FAULTY, counts);
    const storage = new GcsStorage('gs://lake-bucket/lake', {
      endpoint: fake.endpoint,
      chunkBytes: CHUNK,
      timeoutMillis: 1_000,
      retries: { attempts: 14, firstDelayMillis: 1, maxDelayMillis: 8 },
      means: { random, wait: () => Promise.resolve() },
    });
    const model = new Map<string, Buffer>();
    const pick = (most: number) => Math.floor(random() * most);
    const bytesOf = () => Buffer.alloc(random() < 0.015 ? CHUNK + pick(12 * CHUNK) : pick(5_000), pick(256));
    let created = 0;
    for (let i = 0; i < OPERATIONS; i++) {
      const path = `t/${String(pick(NAMES)).padStart(2, '0')}/x`;
      const there = model.get(path);
      const what = random();
      if (what < 0.35) {
        const bytes = bytesOf();
        expect(await storage.putIfAbsent(path, bytes)).toBe(there ? 'exists' : 'created');
        if (!there) created += 1;
        if (!there) model.set(path, bytes);
      } else if (what < 0.45) {
        // Several writers at once, some with the same bytes.
        const all = Array.from({ length: 4 }, (_, n) => Buffer.from(`${i}/${n >> 1}`));
        const outcomes = await Promise.all(all.map((bytes) => storage.putIfAbsent(path, bytes)));
        expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(there ? 0 : 1);
        if (!there) model.set(path, all[outcomes.indexOf('created')]!);
      } else if (what < 0.6) {
        const found = await storage.readRange(path, 0, null);
        expect(found === null ? null : Buffer.from(found).equals(there!)).toBe(there ? true : null);
      } else if (what < 0.75) {
        const [start, length] = [pick(6_000), pick(3_000)];
        const found = await storage.readRange(path, start, start + length);
        expect(found && Buffer.from(found).equals(there!.subarray(start, start + length))).toBe(there ? true : null);
      } else if (what < 0.85) {
        expect((await storage.stat(path))?.size).toBe(there?.length);
      } else if (what < 0.9) {
        expect(await storage.list('t/')).toEqual([...model.keys()].sort());
      } else {
        await storage.delete(path);
        model.delete(path);
      }
    }
    const stored = [...fake.objects()].map(([name, { bytes }]) => [name.slice('lake/'.length), bytes] as const);
    expect(new Map(stored).size).toBe(model.size);
    for (const [name, bytes] of stored) expect(bytes.equals(model.get(name)!)).toBe(true);
    // The test is worth something only if everything that can happen did.
    const kinds: readonly FaultKind[] = [
      'status',
      'late status',
      'lost answer',
      'silence',
      'cut',
      'short',
      'damaged download',
      'damaged upload',
    ];
    for (const kind of kinds) expect(counts.get(kind) ?? 0).toBeGreaterThan(0);
    expect(created).toBeGreaterThan(OPERATIONS / 20);
    const faults = [...counts].map(([kind, n]) => `${n} ${kind}`).join(', ');
    process.stderr.write(`${OPERATIONS} operations, ${fake.requests.length} requests: ${faults}\n`);
  },
  60_000 + OPERATIONS * 120,
);
