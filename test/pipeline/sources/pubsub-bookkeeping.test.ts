import fc from 'fast-check';
import { describe, expect, test } from '@jest/globals';
import { Acknowledger, IDS_PER_REQUEST } from '../../../pipeline/sources/pubsub/acknowledger.js';
import { LeasedBuffer } from '../../../pipeline/sources/pubsub/leased-buffer.js';
import { Leases } from '../../../pipeline/sources/pubsub/leases.js';
import { readPubSubSource } from '../../../pipeline/sources/pubsub/pubsub-settings.js';
import { FakeConnection, grpcError } from './pubsub-fake.js';

describe('the URL of a subscription', () => {
  test('names project, subscription and settings', () => {
    const { resource, settings } = readPubSubSource('pubsub:projects/p-1/subscriptions/lake?lease-seconds=60');
    expect(resource).toMatchObject({ project: 'p-1', id: 'lake', path: 'projects/p-1/subscriptions/lake' });
    expect(settings).toMatchObject({ leaseSeconds: 60, quietSeconds: 5, outstandingMessages: 20_000 });
  });

  test.each([
    ['pubsub:projects/p-1/topics/lake', /names one of topics/],
    ['pubsub:lake', /does not name a resource/],
    ['pubsub:projects/p-1/subscriptions/a', /3 to 255/],
    ['pubsub:projects/p-1/subscriptions/lake?lease=1', /lease is not a setting.*lease-seconds/],
    ['pubsub:projects/p-1/subscriptions/lake?lease-seconds=5', /lease-seconds=5 is out of range.*10 to 600/],
    ['pubsub:projects/p-1/subscriptions/lake?outstanding-messages=', /out of range/],
  ])('%s is refused with what is wrong', (url, expected) => {
    expect(() => readPubSubSource(url)).toThrow(expected);
  });
});

describe('the buffer of a subscription', () => {
  const message = (length: number, received = 0) => ({ length, received });
  const open = (messages: number, bytes: number, clock = () => 0) =>
    new LeasedBuffer({ limits: { messages, bytes }, leaseMillis: 1_000, clock });

  test('hands out messages in order of arrival, within the limits of a pull, and one at least', () => {
    const buffer = open(100, 1_000);
    const all = [10, 20, 900, 5].map((length) => message(length));
    for (const each of all) buffer.offer(each);
    expect(buffer.take({ messages: 2, bytes: 1_000 })).toEqual(all.slice(0, 2));
    expect(buffer.take({ messages: 9, bytes: 1 })).toEqual([all[2]]);
    expect(buffer).toMatchObject({ size: 1, bytes: 5 });
  });

  test('is full at its limits, and refuses what comes beyond twice that', () => {
    const buffer = open(2, 100);
    expect([1, 1, 1, 1, 1].map((length) => buffer.offer(message(length)))).toEqual([true, true, true, true, false]);
    expect(buffer.full).toBe(true);
    const heavy = open(100, 100);
    expect([150, 60].map((length) => heavy.offer(message(length)))).toEqual([true, false]);
  });

  test('takes a single message that is larger than all its limits', () => {
    expect(open(1, 1).offer(message(10_000_000))).toBe(true);
  });

  test('lets go of messages whose lease has run out: they come again', () => {
    let now = 0;
    const buffer = open(100, 1_000, () => now);
    buffer.offer(message(1, 0));
    buffer.offer(message(2, 500));
    now = 1_200;
    expect(buffer.take({ messages: 9, bytes: 99 })).toEqual([message(2, 500)]);
  });

  test('holds what was offered and not taken, whatever the order of calls', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 2_000 })), { maxLength: 60 }),
        (steps) => {
          const buffer = open(10_000, 1e9);
          const expected: { length: number; received: number }[] = [];
          let n = 0;
          for (const step of steps) {
            if (step === null) {
              const each = message((n += 1));
              for (let i = 0; i < 700; i += 1) if (buffer.offer(each)) expected.push(each);
            } else {
              expect(buffer.take({ messages: step, bytes: 1e9 })).toEqual(expected.splice(0, step));
            }
            expect(buffer.size).toBe(expected.length);
            expect(buffer.bytes).toBe(expected.reduce((sum, each) => sum + each.length, 0));
          }
        },
      ),
    );
  });
});

describe('leases', () => {
  test('are extended in order until they have had their time', () => {
    const leases = new Leases(1_000);
    leases.add('a', 0);
    leases.add('b', 500);
    expect(leases.toExtend(900)).toEqual(['a', 'b']);
    expect(leases.toExtend(1_000)).toEqual(['b']);
    expect(leases.size).toBe(1);
    leases.release(['b', 'unknown']);
    expect(leases.clear()).toEqual([]);
  });
});

describe('acknowledgements', () => {
  const pauses = { firstMillis: 1, longestMillis: 2, patienceMillis: 1_000 };
  const start = (changes: Partial<typeof pauses> = {}) => {
    const connection = new FakeConnection();
    const settled: string[] = [];
    const acknowledger = new Acknowledger({
      connection,
      settled: (ackIds) => settled.push(...ackIds),
      pauses: { ...pauses, ...changes },
    });
    return { connection, settled, acknowledger };
  };
  const ids = (n: number) => Array.from({ length: n }, (_, i) => `ack-${i}`);

  test('arrive in the order in which they are given, in requests of a thousand', async () => {
    const { connection, settled, acknowledger } = start();
    acknowledger.send(ids(2 * IDS_PER_REQUEST + 1));
    await acknowledger.settle(5_000);
    expect(connection.acknowledged).toEqual(ids(2 * IDS_PER_REQUEST + 1));
    expect(settled).toEqual(connection.acknowledged);
    expect(acknowledger.failed).toBe(0);
  });

  test('are sent again while the broker is away', async () => {
    const { connection, acknowledger } = start();
    connection.failures.acknowledge.push(grpcError(14), grpcError(4));
    acknowledger.send(ids(3));
    await acknowledger.settle(5_000);
    expect(connection.acknowledged).toEqual(ids(3));
    expect(acknowledger.failed).toBe(0);
  });

  test('that the broker calls transient are sent again before any other, those that it calls permanent are not', async () => {
    const { connection, settled, acknowledger } = start();
    connection.failures.acknowledge.push(
      grpcError(3, { 'ack-1': 'PERMANENT_FAILURE_INVALID_ACK_ID', 'ack-2': 'TRANSIENT_FAILURE_UNORDERED_ACK_ID' }),
    );
    acknowledger.send(ids(4));
    acknowledger.send(['later']);
    await acknowledger.settle(5_000);
    expect(connection.acknowledged).toEqual(['ack-2', 'later']);
    expect(settled).toEqual(['ack-0', 'ack-1', 'ack-3', 'ack-2', 'later']);
    expect(acknowledger.failed).toBe(1);
  });

  test('are given up when patience has run out, and counted', async () => {
    const { connection, settled, acknowledger } = start({ patienceMillis: 0 });
    connection.failures.acknowledge.push(grpcError(14));
    acknowledger.send(ids(2));
    await acknowledger.settle(5_000);
    expect(connection.acknowledged).toEqual([]);
    expect(settled).toEqual(ids(2));
    expect(acknowledger.failed).toBe(2);
  });

  test('of a stream that is gone are never sent', async () => {
    const { connection, acknowledger } = start();
    connection.failures.acknowledge.push(grpcError(14));
    acknowledger.send(ids(2));
    acknowledger.abandon();
    acknowledger.send(['new']);
    await acknowledger.settle(5_000);
    expect(connection.acknowledged).toEqual(['new']);
    expect(acknowledger.failed).toBe(2);
  });
});
