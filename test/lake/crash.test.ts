import { describe, expect, test } from '@jest/globals';
import { LakeError } from '../../lake/lake-error.js';
import { openLakeWriter } from '../../lake/lake.js';
import { openLakeSnapshot } from '../../lake/reader.js';
import { LocalStorage } from '../../lake/storage/local.js';
import { contents, expected, live } from './drive.js';
import { fakeProcess } from './fake-process.js';
import { Crash, FaultyStorage } from './faulty-storage.js';
import { MemoryStorage } from './memory-storage.js';
import { COUNTS, NOON, VERSIONS } from './rows.js';
import { scratch } from './scratch.js';

const BATCHES = 3;
const TABLES = ['bronze.patient_vitals', 'silver.patient_vitals', 'gold.alerts'];

/** Everything happens within three batches: checkpoints, log clean-up, folding. */
const OPTIONS = { checkpointEvery: 2, keepVersions: 1, foldEvery: 2, keepManifests: 2 };

async function expectWhole(storage: MemoryStorage, batches: number): Promise<void> {
  const snapshot = await openLakeSnapshot(storage);
  expect(snapshot.sequence).toBe(batches);
  expect(snapshot.totals.silver).toBe(COUNTS.silver * batches);
  for (const name of TABLES) expect(await contents(storage, snapshot, name)).toEqual(expected(name, batches));
}

/** What a reader sees of a lake whose writer is dead: some batch, whole. */
async function expectConsistent(storage: MemoryStorage): Promise<void> {
  const snapshot = await openLakeSnapshot(storage).catch((error: unknown) => {
    if (error instanceof LakeError && error.code === 'NOT_A_LAKE') return null;
    throw error;
  });
  if (snapshot) await expectWhole(storage, snapshot.sequence);
}

describe.each(['before', 'after'] as const)('a writer that dies %s any change it makes', (when) => {
  test('leaves a consistent lake, and the next one completes it: nothing lost, nothing twice', async () => {
    const probe = new FaultyStorage(new MemoryStorage());
    await live(probe, BATCHES, OPTIONS);
    expect(probe.operations).toBeGreaterThan(30);
    for (let crashAt = 1; crashAt <= probe.operations; crashAt++) {
      const storage = new MemoryStorage();
      await expect(live(new FaultyStorage(storage, crashAt, when), BATCHES, OPTIONS)).rejects.toThrow(Crash);
      await expectConsistent(storage);
      await live(storage, BATCHES, OPTIONS);
      await expectWhole(storage, BATCHES);
    }
  });

  test('again and again, two changes further each time, still gets there', async () => {
    const storage = new MemoryStorage();
    let lives = 0;
    for (let done = false; !done; lives++) {
      try {
        await live(new FaultyStorage(storage, 8 + (lives % 3), when), BATCHES, OPTIONS);
        done = true;
      } catch (error) {
        expect(error).toBeInstanceOf(Crash);
      }
      await expectConsistent(storage);
      expect(lives).toBeLessThan(60);
    }
    expect(lives).toBeGreaterThan(4);
    await expectWhole(storage, BATCHES);
  });
});

describe('a full disk', () => {
  const full = () => new LakeError('FULL', 'the disk is full', 'Free some space');

  test('at any change stops the writer with one clear error; with space again it goes on where it was', async () => {
    const probe = new FaultyStorage(new MemoryStorage());
    await live(probe, 2, OPTIONS);
    for (let failAt = 1; failAt <= probe.operations; failAt++) {
      const storage = new MemoryStorage();
      const faulty = new FaultyStorage(storage, failAt, 'before', full);
      await expect(live(faulty, 2, OPTIONS)).rejects.toMatchObject({ name: 'LakeError', code: 'FULL' });
      await live(storage, 2, OPTIONS);
      await expectWhole(storage, 2);
    }
  });
});

describe('two writers on one lake', () => {
  test('the second is refused while the first lives, and admitted when it has closed', async () => {
    const storage = new LocalStorage(scratch());
    const first = fakeProcess();
    const writer = await openLakeWriter(storage, { clock: () => NOON, processInfo: first });
    const second = openLakeWriter(storage, { clock: () => NOON, processInfo: fakeProcess() });
    await expect(second).rejects.toMatchObject({
      code: 'LOCKED',
      message: expect.stringContaining(`process ${first.self.pid} on ward`),
    });
    await writer.close();
    const third = await openLakeWriter(storage, { clock: () => NOON, processInfo: fakeProcess() });
    await third.close();
  });

  test('one that was taken for dead hears so at its next commit, and adds nothing', async () => {
    const storage = new MemoryStorage();
    const slow = fakeProcess();
    const writer = await openLakeWriter(storage, { clock: () => NOON, processInfo: slow });
    slow.die();
    await live(storage, 2);
    await expect(writer.freeze([], { positions: 9, versions: VERSIONS })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(writer.compact()).rejects.toMatchObject({ code: 'STOPPED' });
    await expectWhole(storage, 2);
  });
});
