import { afterEach, describe, expect, jest, test } from '@jest/globals';
import type { Lease } from '../../lake/lease.js';
import type { ProcessInfo } from '../../lake/process-info.js';
import { takeWriterLock, type WriterLock } from '../../lake/writer-lock.js';
import { fakeProcess } from './fake-process.js';
import { MemoryStorage } from './memory-storage.js';

const LEASE_MILLIS = 30_000;

/** A process of another machine: nobody here knows whether it lives. */
function elsewhere(host: string): ProcessInfo {
  const { self } = fakeProcess();
  return { self: { ...self, host, boot: host }, isAlive: () => true };
}

/** A lease whose waiting passes at once; `meanwhile` happens while one waits. */
function leaseWith(meanwhile: (now: number) => Promise<void> | void = () => undefined): Lease & { waited(): number } {
  let now = Date.now();
  const start = now;
  return {
    millis: LEASE_MILLIS,
    renewEveryMillis: 10_000,
    clock: () => now,
    wait: async (millis) => {
      now += millis;
      await meanwhile(now - start);
    },
    waited: () => now - start,
  };
}

const held: WriterLock[] = [];
async function take(storage: MemoryStorage, process: ProcessInfo, lease = leaseWith()): Promise<WriterLock> {
  const lock = await takeWriterLock(storage, process, lease);
  held.push(lock);
  return lock;
}

afterEach(async () => {
  jest.useRealTimers();
  for (const lock of held.splice(0)) await lock.release();
});

const claims = (storage: MemoryStorage) =>
  [...storage.objects.keys()].filter((path) => path.startsWith('_writer.lock/'));

/** Lets the promises of a renewal come to their end. */
const settle = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};

describe('the writer lock of a bucket', () => {
  test('is free at once when its holder released it', async () => {
    const storage = new MemoryStorage();
    await (await take(storage, elsewhere('a'))).release();
    held.pop();
    const lease = leaseWith();
    await expect(take(storage, elsewhere('b'), lease)).resolves.toMatchObject({ generation: 3 });
    expect(lease.waited()).toBe(0);
  });

  test('is held by a process of another machine for as long as that renews it', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'Date'] });
    const storage = new MemoryStorage();
    await take(storage, elsewhere('a'));
    const lease = leaseWith(async (now) => {
      if (now >= 10_000) jest.advanceTimersByTime(10_000);
      await settle();
    });
    await expect(take(storage, elsewhere('b'), lease)).rejects.toMatchObject({
      code: 'LOCKED',
      message: expect.stringMatching(/^The lake memory: is being written by process \d+ on a\./),
    });
    expect(lease.waited()).toBeLessThan(LEASE_MILLIS);
    expect(claims(storage)).toEqual(['_writer.lock/000000000002']);
  });

  test('falls to the next one after a whole lease without renewal, whatever the clocks of machines say', async () => {
    const storage = new MemoryStorage();
    const process = elsewhere('a');
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'Date'] });
    await take(storage, process);
    // The dead holder's clock was a minute ahead.
    for (const object of storage.objects.values()) object.modified += 60_000;
    const lease = leaseWith();
    await expect(take(storage, elsewhere('b'), lease)).resolves.toMatchObject({ generation: 2 });
    expect(lease.waited()).toBeGreaterThanOrEqual(LEASE_MILLIS);
  });

  test('is not waited for when its claim is ten leases old', async () => {
    const storage = new MemoryStorage();
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'Date'] });
    await take(storage, elsewhere('a'));
    for (const object of storage.objects.values()) object.modified -= 11 * LEASE_MILLIS;
    const lease = leaseWith();
    await take(storage, elsewhere('b'), lease);
    expect(lease.waited()).toBe(0);
  });

  test('falls to exactly one of several that wait for it', async () => {
    const storage = new MemoryStorage();
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'Date'] });
    const { self: holder } = elsewhere('a');
    await storage.putIfAbsent('_writer.lock/000000000001', Buffer.from(JSON.stringify({ holder, token: 'dead' })));
    const outcomes = await Promise.allSettled(
      ['b', 'c', 'd', 'e'].map((host) =>
        take(
          storage,
          elsewhere(host),
          leaseWith(async () => {
            jest.advanceTimersByTime(500);
            await settle();
          }),
        ),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('a process of this machine is looked for, not waited for', async () => {
    const storage = new MemoryStorage();
    const holder = fakeProcess();
    await take(storage, holder);
    const lease = leaseWith();
    await expect(take(storage, fakeProcess(), lease)).rejects.toMatchObject({ code: 'LOCKED' });
    holder.die();
    await take(storage, fakeProcess(), lease);
    expect(lease.waited()).toBe(0);
  });

  test('a holder that was overtaken while it stood still finds out, and stops', async () => {
    const storage = new MemoryStorage();
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'Date'] });
    const stalled = await take(storage, elsewhere('a'));
    await take(storage, elsewhere('b'));
    expect(() => stalled.mustHold()).not.toThrow();
    await expect(stalled.verify()).rejects.toMatchObject({
      code: 'LOCKED',
      problem: expect.stringMatching(/taken over/),
    });
    expect(() => stalled.mustHold()).toThrow(/Another writer has taken over the lake memory:/);
    await stalled.release();
    expect(claims(storage)).toEqual(['_writer.lock/000000000002']);
  });

  test('a renewal that arrived after it had been given up is still the holder’s own', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'Date'] });
    const storage = new MemoryStorage();
    const put = storage.putIfAbsent.bind(storage);
    const lock = await take(storage, elsewhere('a'));
    let lost = 1;
    storage.putIfAbsent = async (path, bytes) => {
      const outcome = await put(path, bytes);
      if (lost-- > 0) throw new Error('no answer');
      return outcome;
    };
    for (let i = 0; i < 3; i++) {
      jest.advanceTimersByTime(10_000);
      await settle();
    }
    expect(() => lock.mustHold()).not.toThrow();
    await expect(lock.verify()).resolves.toBeUndefined();
    expect(lock.generation).toBe(3);
  });
});
