import { TABLES } from '../../schema/index.js';
import { describe, expect, test } from '@jest/globals';
import { mkdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDataFiles } from '../../lake/data-file.js';
import { openLakeWriter, type LakeWriterOptions } from '../../lake/lake.js';
import type { LakeWriter } from '../../lake/lake-writer.js';
import { openLakeSnapshot } from '../../lake/reader.js';
import { LocalStorage } from '../../lake/storage/local.js';
import type { Storage } from '../../lake/storage/storage.js';
import { temporaryName } from '../../lake/storage/temporary.js';
import { commitBatch, contents, expected, messagesOf } from './drive.js';
import { fakeProcess } from './fake-process.js';
import { MemoryStorage } from './memory-storage.js';
import { bronzeRows, COUNTS, manifestOf, NOON, rowsOf, tableNamed, VERSIONS } from './rows.js';
import { scratch } from './scratch.js';

function open(storage: Storage, options: Partial<LakeWriterOptions> = {}): Promise<LakeWriter> {
  return openLakeWriter(storage, { clock: () => NOON, processInfo: fakeProcess(), ...options });
}

/** Opens, works, and goes away without a word, as a killed process does. */
async function withWriter<T>(storage: Storage, work: (writer: LakeWriter) => Promise<T>): Promise<T> {
  const processInfo = fakeProcess();
  const writer = await open(storage, { processInfo });
  try {
    return await work(writer);
  } finally {
    processInfo.die();
  }
}

describe('a lake', () => {
  test('that is new has every table, no batch and no position', async () => {
    const storage = new LocalStorage(scratch());
    const writer = await open(storage);
    expect([writer.head, writer.bronzeHead, writer.nextSequence, writer.lastManifest]).toEqual([0, 0, 1, null]);
    expect(writer.positions()).toBeNull();
    const snapshot = await openLakeSnapshot(storage);
    expect([snapshot.sequence, snapshot.tables.size, snapshot.manifest]).toEqual([0, TABLES.length, null]);
    await writer.close();
  });

  test('remembers positions, versions and counts', async () => {
    const storage = new LocalStorage(scratch());
    const versions = { ...VERSIONS, model_id: 'forest-7', patients: 'ab' };
    const positions = { 'file:landing': { 'a.ndjson': 120 } };
    await withWriter(storage, async (writer) => {
      await writer.freeze(messagesOf(1), { positions: { 'file:landing': {} }, versions });
      await commitBatch(writer, 1);
      await writer.freeze(messagesOf(2), { positions, versions });
    });
    const writer = await open(storage);
    expect(writer.positions()).toEqual(positions);
    expect([writer.head, writer.bronzeHead, writer.nextSequence]).toEqual([1, 2, 3]);
    expect(writer.totals).toEqual(COUNTS);
    expect(writer.lastManifest?.sequence).toBe(1);
    expect(writer.unfinishedBatches()).toMatchObject([{ sequence: 2, versions, positions, messages: 3 }]);
    await writer.close();
  });

  test('gives back frozen messages byte for byte, by offset, over midnight, finished or not', async () => {
    const storage = new LocalStorage(scratch());
    const strip = ({ payload_sha256: _hash, receive_date: _date, ...message }: ReturnType<typeof bronzeRows>[number]) =>
      message;
    await withWriter(storage, async (writer) => {
      for (const batch of [1, 2, 3]) {
        const frozen = await writer.freeze(messagesOf(batch), { positions: batch, versions: VERSIONS });
        expect(frozen.files).toHaveLength(batch === 3 ? 2 : 1);
      }
      await commitBatch(writer, 1);
    });
    const writer = await open(storage);
    for (const batch of [1, 2, 3]) expect(await writer.readFrozen(batch)).toEqual(messagesOf(batch).map(strip));
    await writer.close();
  });

  test('may freeze a batch of no messages', async () => {
    const storage = new MemoryStorage();
    await withWriter(storage, async (writer) => {
      await writer.freeze([], { positions: 'end', versions: VERSIONS });
      await writer.commit(manifestOf(1, []));
    });
    const writer = await open(storage);
    expect([writer.head, writer.positions()]).toEqual([1, 'end']);
    expect(await writer.readFrozen(1)).toEqual([]);
  });

  test('freezes ahead while earlier batches are still to be committed', async () => {
    const storage = new MemoryStorage();
    await withWriter(storage, async (writer) => {
      for (const batch of [1, 2, 3]) await writer.freeze(messagesOf(batch), { positions: batch, versions: VERSIONS });
      const ahead = writer.freeze(messagesOf(4), { positions: 4, versions: VERSIONS });
      await Promise.all([commitBatch(writer, 1), ahead]);
      expect(writer.unfinishedBatches().map((batch) => batch.sequence)).toEqual([2, 3, 4]);
    });
    const snapshot = await openLakeSnapshot(storage);
    expect(await contents(storage, snapshot, 'bronze.patient_vitals')).toEqual(expected('bronze.patient_vitals', 1));
  });

  test('refuses manifests out of turn, before their batch is frozen, and with files that are not theirs', async () => {
    const storage = new MemoryStorage();
    const writer = await open(storage);
    const silver = tableNamed('silver.patient_vitals');
    await expect(writer.commit(manifestOf(1, []))).rejects.toThrow(/Manifest 1 is out of turn: committed 0, frozen 0/);
    await writer.freeze(messagesOf(1), { positions: 1, versions: VERSIONS });
    await expect(writer.commit(manifestOf(2, []))).rejects.toThrow(/out of turn/);
    const [own] = await writeDataFiles(storage, silver, 1, rowsOf(silver, 1, 1));
    const [other] = await writeDataFiles(storage, silver, 2, rowsOf(silver, 2, 1));
    await expect(writer.commit(manifestOf(1, [other!]))).rejects.toThrow(/belongs to another batch/);
    const missing = { ...own!, path: own!.path.replace(/-[0-9a-f]{16}/, '-0000000000000000') };
    await expect(writer.commit(manifestOf(1, [own!, missing]))).rejects.toThrow(/is not there/);
    const bronze = { ...own!, table: 'bronze.patient_vitals' };
    await expect(writer.commit(manifestOf(1, [bronze]))).rejects.toThrow(/frozen on its own/);
    await writer.commit(manifestOf(1, [own!]));
    expect(writer.head).toBe(1);
    await expect(writer.commit(manifestOf(1, [own!]))).rejects.toThrow(/out of turn/);
  });

  test('refuses messages of another batch', async () => {
    const writer = await open(new MemoryStorage());
    const freeze = writer.freeze(bronzeRows(2, 1), { positions: 1, versions: VERSIONS });
    await expect(freeze).rejects.toThrow(/row has batch 2, the next one is 1/);
    await writer.freeze(bronzeRows(1, 1), { positions: 1, versions: VERSIONS });
  });

  test('notices that a manifest is missing', async () => {
    const storage = new LocalStorage(scratch());
    await withWriter(storage, async (writer) => {
      for (const batch of [1, 2, 3]) {
        await writer.freeze(messagesOf(batch), { positions: batch, versions: VERSIONS });
        await commitBatch(writer, batch);
      }
    });
    unlinkSync(join(storage.root, 'batches/000000000002.json'));
    await expect(open(storage)).rejects.toThrow(/^The manifest of batch 2 is missing/);
  });

  test('notices that frozen bytes have changed their length', async () => {
    const storage = new MemoryStorage();
    const writer = await open(storage);
    const { files } = await writer.freeze(messagesOf(1), { positions: 1, versions: VERSIONS });
    const path = `bronze/patient_vitals/${files[0]!.path}`;
    storage.objects.set(path, { bytes: new Uint8Array(3), modified: NOON });
    await expect(writer.readFrozen(1)).rejects.toMatchObject({ code: 'CORRUPT' });
  });

  test('is rid of temporary files of the dead when it opens', async () => {
    const storage = new LocalStorage(scratch());
    const folder = join(storage.root, 'silver/patient_vitals/event_date=2026-11-21');
    mkdirSync(folder, { recursive: true });
    const dead = temporaryName().replace(`-${process.pid}-`, '-999999999-');
    writeFileSync(join(folder, dead), 'half');
    const writer = await open(storage);
    expect(await storage.local.removeTemporaries('')).toBe(0);
    await writer.close();
  });

  test('does nothing more once it is closed', async () => {
    const writer = await open(new MemoryStorage());
    await writer.close();
    await expect(writer.freeze([], { positions: 1, versions: VERSIONS })).rejects.toThrow(/closed/);
    await expect(writer.compact()).rejects.toThrow(/closed/);
  });
});

describe('positions', () => {
  test('and unfinished batches outlive log clean-up, however far freezing runs ahead', async () => {
    const storage = new MemoryStorage();
    const options = { checkpointEvery: 5, keepVersions: 1, foldEvery: 4, keepManifests: 2 };
    const processInfo = fakeProcess();
    const writer = await open(storage, { ...options, processInfo });
    for (let batch = 1; batch <= 12; batch++) {
      await writer.freeze(messagesOf(batch), { positions: batch, versions: VERSIONS });
      await commitBatch(writer, batch);
    }
    for (let batch = 13; batch <= 40; batch++) {
      await writer.freeze(messagesOf(batch), { positions: batch, versions: VERSIONS });
    }
    processInfo.die();
    const next = await open(storage, options);
    expect(next.positions()).toBe(40);
    expect(next.unfinishedBatches().map((batch) => batch.positions)).toEqual(
      Array.from({ length: 28 }, (_, i) => 13 + i),
    );
    expect((await openLakeSnapshot(storage)).sequence).toBe(12);
    expect(storage.objects.has('bronze/patient_vitals/_delta_log/00000000000000000000.json')).toBe(false);
  });
});
