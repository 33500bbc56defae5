import { describe, expect, test } from '@jest/globals';
import { ManifestLog } from '../../lake/manifest-log.js';
import { ManifestReader } from '../../lake/manifest-reader.js';
import { MemoryStorage } from './memory-storage.js';
import { COUNTS, manifestOf } from './rows.js';

const OPTIONS = { foldEvery: 1_000, keepManifests: 500 };

async function append(storage: MemoryStorage, from: number, to: number): Promise<ManifestLog> {
  const log = await ManifestLog.open(storage, OPTIONS);
  for (let sequence = from; sequence <= to; sequence++) {
    await log.append(manifestOf(sequence, []));
    await log.maintain();
  }
  return log;
}

describe('manifests', () => {
  test('of every batch that is kept can be asked for, with the totals of that batch', async () => {
    const storage = new MemoryStorage();
    const options = { foldEvery: 10, keepManifests: 30 };
    const log = await ManifestLog.open(storage, options);
    for (let sequence = 1; sequence <= 157; sequence++) {
      await log.append(manifestOf(sequence, []));
      await log.maintain();
    }
    const reader = new ManifestReader(storage);
    for (let sequence = 120; sequence <= 157; sequence++) {
      expect(await reader.at(sequence)).toMatchObject({ sequence, totals: { silver: sequence * COUNTS.silver } });
    }
    await expect(reader.at(119)).rejects.toMatchObject({ code: 'GONE' });
  });

  test('are folded into running totals now and then, older ones go, and the totals stay', async () => {
    const storage = new MemoryStorage();
    await append(storage, 1, 5_700);
    const reopened = await ManifestLog.open(storage, OPTIONS);
    expect([reopened.head, reopened.last?.sequence, reopened.recent.length]).toEqual([5_700, 5_700, 700]);
    expect(reopened.totals.received).toBe(5_700 * COUNTS.received);
    const left = await storage.list('batches/');
    expect(left[0]).toBe('batches/000000004501.json');
    expect(left.filter((path) => path.includes('checkpoint'))).toEqual(['batches/checkpoint-000000005000.json']);
  });

  test('fold at the next one when a crash came between a batch and its fold', async () => {
    const storage = new MemoryStorage();
    await append(storage, 1, 999);
    const log = await ManifestLog.open(storage, OPTIONS);
    await log.append(manifestOf(1_000, []));
    await append(storage, 1_001, 1_001);
    expect((await storage.list('batches/')).at(-1)).toBe('batches/checkpoint-000000001001.json');
    expect((await ManifestLog.open(storage, OPTIONS)).totals.messages).toBe(1_001 * COUNTS.messages);
  });

  test('that somebody else wrote are a conflict, and the log stops', async () => {
    const storage = new MemoryStorage();
    const mine = await ManifestLog.open(storage);
    await append(storage, 1, 1);
    await expect(mine.append(manifestOf(1, []))).rejects.toThrow(/^Another writer committed batch 1/);
    await expect(mine.append(manifestOf(1, []))).rejects.toMatchObject({ code: 'STOPPED' });
  });

  test('of another format are refused', async () => {
    const storage = new MemoryStorage();
    await storage.putIfAbsent('batches/000000000001.json', Buffer.from('{"format":2}'));
    await expect(ManifestLog.open(storage)).rejects.toMatchObject({ code: 'CORRUPT' });
  });

  test('are followed by a reader across folds, its totals always those of its batch', async () => {
    const storage = new MemoryStorage();
    const reader = new ManifestReader(storage);
    for (const to of [1, 2, 999, 1_000, 1_001, 2_000, 2_003]) {
      const from = (await ManifestLog.open(storage, OPTIONS)).head + 1;
      await append(storage, from, to);
      for (const found of [await reader.refresh(), await new ManifestReader(storage).refresh()]) {
        expect(found.map((batch) => [batch.sequence, batch.totals.silver])).toEqual([
          [to, to * COUNTS.silver],
          [to - 1, (to - 1) * COUNTS.silver],
        ]);
      }
    }
    expect((await reader.at(2_001)).totals.silver).toBe(2_001 * COUNTS.silver);
    for (const cleaned of [300, 700]) await expect(reader.at(cleaned)).rejects.toMatchObject({ code: 'GONE' });
  });
});
