import { afterAll, beforeAll, describe } from '@jest/globals';
import { GcsStorage } from '../../../lake/storage/gcs.js';
import { LocalStorage } from '../../../lake/storage/local.js';
import { MemoryStorage } from '../memory-storage.js';
import { scratch } from '../scratch.js';
import { storageContract } from './contract.js';
import { FakeGcs } from './fake-gcs.js';

describe('a folder', () => {
  storageContract(() => new LocalStorage(scratch()));
});

describe('memory, as other tests use it', () => {
  storageContract(() => new MemoryStorage());
});

describe('a bucket', () => {
  let fake: FakeGcs;
  let lakes = 0;
  beforeAll(async () => void (fake = await FakeGcs.start()));
  afterAll(() => fake.stop());

  // Pieces of the least size: a large object takes several.
  storageContract(
    () => new GcsStorage(`gs://lake-bucket/lake-${(lakes += 1)}`, { endpoint: fake.endpoint, chunkBytes: 256 << 10 }),
  );
});
