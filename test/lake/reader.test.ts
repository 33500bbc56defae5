import { describe, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { openLakeWriter } from '../../lake/lake.js';
import { LakeReader, openLakeSnapshot, type LakeSnapshot } from '../../lake/reader.js';
import { LocalStorage } from '../../lake/storage/local.js';
import { commitBatch, contents, expected, live, messagesOf } from './drive.js';
import { fakeProcess } from './fake-process.js';
import { FaultyStorage } from './faulty-storage.js';
import { MemoryStorage } from './memory-storage.js';
import { COUNTS, NOON, VERSIONS } from './rows.js';
import { scratch } from './scratch.js';

const OPTIONS = { checkpointEvery: 3, keepVersions: 4, foldEvery: 4, keepManifests: 4 };

/** A snapshot without what differs from reader to reader: nothing but the order of files. */
function plain({ sequence, totals, tables }: LakeSnapshot): object {
  const files = Array.from(tables, ([name, table]) => [
    name,
    table.version,
    table.files.map((file) => file.path).sort(),
  ]);
  return { sequence, totals, files };
}

describe('a snapshot', () => {
  test('of a folder that holds no lake is one clear sentence', async () => {
    const root = scratch();
    await expect(openLakeSnapshot(root)).rejects.toThrow(`There is no lake at ${root}. Name one with --lake`);
  });

  test('names files by absolute path, with rows, size, partition and statistics', async () => {
    const storage = new LocalStorage(scratch());
    await live(storage, 1);
    const { root, tables, manifest } = await openLakeSnapshot(storage.root);
    const [file] = tables.get('silver.patient_vitals')!.files;
    expect(root).toBe(storage.root);
    expect(manifest?.sequence).toBe(1);
    expect(existsSync(file!.location)).toBe(true);
    expect(file).toMatchObject({
      location: `${root}/silver/patient_vitals/${file!.path}`,
      partition: { event_date: '2026-11-21' },
      rows: 2,
      stats: { batch: [1, 1] },
    });
    expect(file!.bytes).toBe((await storage.stat(`silver/patient_vitals/${file!.path}`))?.size);
  });

  test('stays at the last whole batch while the next one is on its way into the tables', async () => {
    const probe = new FaultyStorage(new MemoryStorage());
    await live(probe, 2);
    const seen = new Set<string>();
    for (let crashAt = 1; crashAt <= probe.operations; crashAt++) {
      const storage = new MemoryStorage();
      await live(new FaultyStorage(storage, crashAt), 2).catch(() => undefined);
      const manifests = (await storage.list('batches/')).length;
      if (manifests === 0) continue;
      const { sequence } = await openLakeSnapshot(storage);
      seen.add(`${manifests} manifests, batch ${sequence}`);
    }
    expect([...seen].sort()).toEqual([
      '1 manifests, batch 0',
      '1 manifests, batch 1',
      '2 manifests, batch 1',
      '2 manifests, batch 2',
    ]);
  });

  test('of an earlier batch is what the lake was then; one that is cleaned up or to come is refused', async () => {
    const storage = new MemoryStorage();
    await live(storage, 20, OPTIONS);
    for (const batch of [16, 18, 20]) {
      const snapshot = await openLakeSnapshot(storage, { atSequence: batch });
      expect([snapshot.sequence, snapshot.totals.received]).toEqual([batch, batch * COUNTS.received]);
      for (const name of ['bronze.patient_vitals', 'silver.patient_vitals', 'gold.alerts']) {
        expect(await contents(storage, snapshot, name)).toEqual(expected(name, batch));
      }
    }
    for (const batch of [2, 21]) {
      await expect(openLakeSnapshot(storage, { atSequence: batch })).rejects.toMatchObject({ code: 'GONE' });
    }
  });
});

describe('a reader that follows', () => {
  test('sees what a new one sees, whatever happened between its looks', async () => {
    const storage = new MemoryStorage();
    const writer = await openLakeWriter(storage, { clock: () => NOON, processInfo: fakeProcess(), ...OPTIONS });
    const reader = new LakeReader(storage);
    let batch = 0;
    for (const step of [0, 1, 1, 5, 30, 1]) {
      for (let i = 0; i < step; i++) {
        batch += 1;
        await writer.freeze(messagesOf(batch), { positions: batch, versions: VERSIONS });
        await commitBatch(writer, batch);
      }
      if (step === 5) await writer.compact({ minFiles: 3, tables: ['gold.alerts'] });
      const snapshot = await reader.snapshot();
      expect(snapshot.sequence).toBe(batch);
      expect(plain(snapshot)).toEqual(plain(await openLakeSnapshot(storage)));
    }
  });

  test('reads only what is new', async () => {
    const storage = new MemoryStorage();
    await live(storage, 12);
    const reader = new LakeReader(storage);
    await reader.snapshot();
    const read: string[] = [];
    const readRange = storage.readRange.bind(storage);
    storage.readRange = async (path, start, end) => {
      const bytes = await readRange(path, start, end);
      if (bytes) read.push(path);
      return bytes;
    };
    await reader.snapshot();
    expect(read).toEqual([]);
    await live(storage, 13);
    read.length = 0;
    await reader.snapshot();
    expect(read.sort()).toEqual([
      'batches/000000000013.json',
      'bronze/patient_vitals/_delta_log/00000000000000000013.json',
      'silver/patient_vitals/_delta_log/00000000000000000013.json',
    ]);
  });

  test('begins anew when clean-up removes what it is reading', async () => {
    const storage = new MemoryStorage();
    await live(storage, 6, OPTIONS);
    const readRange = storage.readRange.bind(storage);
    let overtaken = false;
    storage.readRange = async (path, start, end) => {
      if (!overtaken && path.includes('silver/patient_vitals/_delta_log')) {
        overtaken = true;
        await live(storage, 40, OPTIONS);
      }
      return readRange(path, start, end);
    };
    const snapshot = await new LakeReader(storage).snapshot();
    expect(overtaken).toBe(true);
    expect(snapshot.sequence).toBe(40);
    expect(await contents(storage, snapshot, 'silver.patient_vitals')).toEqual(expected('silver.patient_vitals', 40));
  });
});
