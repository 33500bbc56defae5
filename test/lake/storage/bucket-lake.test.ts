import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openLakeWriter } from '../../../lake/lake.js';
import { openLakeSnapshot } from '../../../lake/reader.js';
import { GcsStorage } from '../../../lake/storage/gcs.js';
import { contents, expected, live } from '../drive.js';
import { fakeProcess } from '../fake-process.js';
import { NOON } from '../rows.js';
import { FakeGcs } from './fake-gcs.js';
import { randomFaults, randomOf } from './faults.js';

const SEED = 20261121;
const BATCHES = 6;
const TABLES = ['bronze.patient_vitals', 'silver.patient_vitals', 'gold.alerts'];

describe(`a lake in a bucket of whose requests one in ten goes wrong (seed ${SEED})`, () => {
  let fake: FakeGcs;
  let storage: GcsStorage;
  beforeAll(async () => {
    fake = await FakeGcs.start();
    fake.faults = randomFaults(randomOf(SEED), 0.1, new Map());
    storage = new GcsStorage('gs://lake-bucket/lake', {
      endpoint: fake.endpoint,
      timeoutMillis: 500,
      retries: { attempts: 14, firstDelayMillis: 1, maxDelayMillis: 1 },
      means: { random: randomOf(SEED + 1), wait: () => Promise.resolve() },
    });
  });
  afterAll(() => fake.stop());

  test('is written, checkpointed, read, merged and cleaned like any other', async () => {
    await live(storage, BATCHES, { checkpointEvery: 2, keepVersions: 1, foldEvery: 2, keepManifests: 2 });
    const writer = await openLakeWriter(storage, { clock: () => NOON, processInfo: fakeProcess() });
    const { merges } = await writer.compact({ minFiles: 2 });
    expect(merges.length).toBeGreaterThan(1);
    const { replaced } = await writer.vacuum({ tombstoneAge: 0 });
    expect(replaced).toBe(merges.reduce((sum, merge) => sum + merge.files, 0));
    await writer.close();
    const snapshot = await openLakeSnapshot(storage);
    expect(snapshot.sequence).toBe(BATCHES);
    for (const name of TABLES) expect(await contents(storage, snapshot, name)).toEqual(expected(name, BATCHES));
    const alive = [...snapshot.tables.values()].flatMap(({ files }) => files.map((file) => file.location));
    const stored = [...fake.objects().keys()].filter((name) => /\d{12}-[0-9a-f]{16}\.parquet$/.test(name));
    expect(stored.map((name) => `gs://lake-bucket/${name}`).sort()).toEqual(alive.sort());
  });
});
