import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { GcsStorage } from '../../../lake/storage/gcs.js';
import { storageContract } from '../../lake/storage/contract.js';
import { describeOn } from '../support/program.js';
import { FAKE_GCS, GcsServer } from './server.js';

describeOn(FAKE_GCS, 'a bucket of fake-gcs-server', () => {
  let server: GcsServer;
  let lakes = 0;
  beforeAll(async () => void (server = await GcsServer.start()));
  afterAll(() => server.stop());
  const open = () =>
    new GcsStorage(`gs://${GcsServer.bucket}/lake-${(lakes += 1)}`, {
      endpoint: server.endpoint,
      chunkBytes: 256 << 10,
    });

  storageContract(open);

  test('what was written is there after the server was killed and started again', async () => {
    const storage = open();
    await storage.putIfAbsent('a', Buffer.from('hello'));
    await server.kill();
    await server.restart();
    expect(Buffer.from((await storage.readRange('a', 0, null))!).toString()).toBe('hello');
    expect(await storage.putIfAbsent('a', Buffer.from('other'))).toBe('exists');
  });

  test('of many writers of one large object exactly one creates it', async () => {
    const storage = open();
    const bytes = (i: number) => Buffer.alloc(600 << 10, i);
    const outcomes = await Promise.all([1, 2, 3, 4].map((i) => storage.putIfAbsent('large', bytes(i))));
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
    const kept = (await storage.readRange('large', 0, null))!;
    expect(Buffer.compare(kept, bytes(outcomes.indexOf('created') + 1))).toBe(0);
  });
});
