import { afterEach, describe, expect, test } from '@jest/globals';
import { PubSubSource } from '../../../pipeline/sources/pubsub/pubsub-source.js';
import { PUBSUB_DEFAULTS, type PubSubSettings } from '../../../pipeline/sources/pubsub/pubsub-settings.js';
import { Recovery } from '../../../pipeline/sources/pubsub/recovery.js';
import { FakeConnection, grpcError, received } from './pubsub-fake.js';

const ALL = { messages: 1_000, bytes: 1e9 };
const open: PubSubSource[] = [];

async function listen(settings: Partial<PubSubSettings> = {}, connection = new FakeConnection()) {
  const notices: string[] = [];
  const source = new PubSubSource(
    'projects/p/subscriptions/lake',
    { ...PUBSUB_DEFAULTS, streams: 1, ...settings },
    async () => connection,
    { notice: (text) => notices.push(text) },
  );
  open.push(source);
  await source.resume();
  return { source, connection, notices };
}

afterEach(async () => {
  for (const source of open.splice(0)) await source.close();
});

describe('a subscription as a source', () => {
  test('hands over what has arrived, with sorted attributes, dialect, and the id and time of the broker', async () => {
    const { source, connection } = await listen();
    expect((await source.pull(ALL)).messages).toEqual([]);
    connection.stream.deliver([received(1), received(2, { attributes: {}, data: '', publishTime: null })]);
    const pulled = await source.pull(ALL);
    expect(pulled.messages).toEqual([
      {
        payload: Buffer.from('message 1'),
        attributes: '{"dialect":"json","version":"1"}',
        dialect: 'json',
        message_id: '1',
        publish_time: 1_795_219_200_005,
      },
      { payload: Buffer.alloc(0), attributes: null, dialect: null, message_id: '2', publish_time: null },
    ]);
    expect(pulled.positions).toEqual({});
    expect(source.url).toBe('pubsub:projects/p/subscriptions/lake');
  });

  test('acknowledges nothing before it is told to', async () => {
    const { source, connection } = await listen();
    connection.stream.deliver([received(1), received(2)]);
    const pulled = await source.pull(ALL);
    expect(connection.acknowledged).toEqual([]);
    await pulled.acknowledge();
    expect(connection.acknowledged).toEqual(['ack-1', 'ack-2']);
  });

  test('gives back at its end what was not acknowledged', async () => {
    const { source, connection } = await listen();
    connection.stream.deliver([received(1), received(2), received(3)]);
    await (await source.pull({ messages: 1, bytes: 1e9 })).acknowledge();
    await source.close();
    expect(connection.deadlines).toEqual([{ ackIds: ['ack-2', 'ack-3'], seconds: 0 }]);
    expect(connection).toMatchObject({ closed: true, acknowledged: ['ack-1'] });
    expect(connection.stream.cancelled).toBe(true);
  });

  test('holds the broker back at its limits, and lets it go on when there is room', async () => {
    const { source, connection } = await listen({ outstandingMessages: 2 });
    expect(connection.stream.request).toMatchObject({ maxOutstandingMessages: 2, streamAckDeadlineSeconds: 30 });
    connection.stream.deliver([received(1), received(2)]);
    expect(connection.stream.paused).toBe(true);
    const pulled = await source.pull(ALL);
    // Delivered and not acknowledged counts, wherever it is.
    expect(connection.stream.paused).toBe(true);
    await pulled.acknowledge();
    await new Promise((resolve) => setImmediate(resolve));
    expect(connection.stream.paused).toBe(false);
  });

  test('shares the limits among its streams, and closes all when one breaks', async () => {
    const { connection } = await listen({ streams: 3, outstandingMessages: 10 });
    expect(connection.streams.map((stream) => stream.request.maxOutstandingMessages)).toEqual([4, 4, 4]);
    connection.stream.emit('end');
    expect(connection.streams.map((stream) => stream.cancelled)).toEqual([true, true, true]);
  });

  test('gives back at once what came although there is no room', async () => {
    const { connection } = await listen({ outstandingMessages: 1 });
    connection.stream.deliver([received(1), received(2), received(3)]);
    expect(connection.deadlines).toEqual([{ ackIds: ['ack-3'], seconds: 0 }]);
  });

  test('lets a few messages wait for more, and a full batch for nothing', async () => {
    const { source, connection } = await listen();
    connection.stream.deliver([received(1)]);
    expect((await source.pull(ALL)).messages).toHaveLength(1);
    connection.stream.deliver([received(2)]);
    expect(await source.pull(ALL)).toMatchObject({ messages: [], drained: false });
    const waited = source.wait(60_000, new AbortController().signal);
    await source.pull({ messages: 3, bytes: 1e9 });
    connection.stream.deliver([received(3), received(4)]);
    await waited;
    expect((await source.pull({ messages: 3, bytes: 1e9 })).messages).toHaveLength(3);
  });

  test('is drained when two streams in turn were silent for a while, and the broker answered', async () => {
    const { source, connection } = await listen({ quietSeconds: 0 });
    connection.failures.describe.push(grpcError(14));
    for (const streams of [1, 2]) {
      expect(await source.pull(ALL)).toMatchObject({ messages: [], drained: false });
      expect(connection.streams).toHaveLength(streams);
    }
    expect(await source.pull(ALL)).toMatchObject({ messages: [], drained: true });
    connection.stream.deliver([received(7)]);
    expect(await source.pull(ALL)).toMatchObject({ messages: [{ message_id: '7' }], drained: true });
    // What is delivered and not acknowledged may come again.
    expect(await source.pull(ALL)).toMatchObject({ messages: [], drained: false });
  });

  test('asks for a lease of a minute where delivery is exactly-once', async () => {
    const { connection } = await listen({}, new FakeConnection({ exactlyOnce: true, ordered: true }));
    expect(connection.stream.request.streamAckDeadlineSeconds).toBe(60);
  });

  test('freezes what a broken stream brought, but does not acknowledge it: its ids may be void', async () => {
    const { source, connection, notices } = await listen();
    connection.stream.deliver([received(1)]);
    connection.stream.emit('error', grpcError(14));
    const pulled = await source.pull(ALL);
    expect(pulled.messages).toHaveLength(1);
    await pulled.acknowledge();
    expect(connection.acknowledged).toEqual([]);
    while (connection.streams.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    connection.stream.deliver([received(2)]);
    const next = await source.pull({ messages: 1, bytes: 1e9 });
    await next.acknowledge();
    expect(connection.acknowledged).toEqual(['ack-2']);
    // A stream that the broker ends and takes up again is no news.
    expect(notices).toEqual([]);
  });
});

describe('recovery', () => {
  const pauses = { firstMillis: 1, longestMillis: 2, patienceMillis: 30 };
  const start = (probe: () => Promise<void>) => {
    const notices: string[] = [];
    let reopened = 0;
    const recovery = new Recovery({
      path: 'projects/p/subscriptions/lake',
      notice: (text) => notices.push(text),
      probe,
      reopen: () => (reopened += 1),
      pauses,
    });
    const ended = async () => {
      while (recovery.running) await new Promise((resolve) => setImmediate(resolve));
    };
    return { recovery, notices, ended, reopened: () => reopened };
  };

  test('waits for a broker that is away as long as it takes, and says so once', async () => {
    let asked = 0;
    const { recovery, notices, ended, reopened } = start(async () => {
      if ((asked += 1) < 40) throw grpcError(14);
    });
    recovery.begin(grpcError(14));
    await ended();
    expect(reopened()).toBe(1);
    expect(notices).toHaveLength(2);
    expect(() => recovery.throwIfHopeless()).not.toThrow();
  });

  test('gives up a subscription that stays away, naming it and the remedy', async () => {
    const { recovery, ended, reopened } = start(() => Promise.reject(grpcError(5)));
    recovery.begin(grpcError(5));
    await ended();
    expect(reopened()).toBe(0);
    expect(() => recovery.throwIfHopeless()).toThrow(
      '--source: there is no projects/p/subscriptions/lake. Create it with vitals pubsub setup, or correct the name.',
    );
  });
});
