import fc from 'fast-check';
import { describe, expect, test } from '@jest/globals';
import { KafkaFault } from '../../../pipeline/sources/kafka/kafka-client.js';
import { parseKafkaSource } from '../../../pipeline/sources/kafka/kafka-settings.js';
import { KafkaSource } from '../../../pipeline/sources/kafka/kafka-source.js';
import type { Pulled, PullLimits, SourcePositions } from '../../../pipeline/sources/source.js';
import { FakeTopic } from './kafka-client-fake.js';

const LIMITS: PullLimits = { messages: 100, bytes: 1 << 20 };
const texts = (pulled: Pulled) => pulled.messages.map((message) => Buffer.from(message.payload).toString());
const stored = (positions: SourcePositions): SourcePositions => JSON.parse(JSON.stringify(positions));

interface Opened {
  readonly settings?: string;
  readonly bounded?: boolean;
  readonly notices?: string[];
}

function open(topic: FakeTopic, { settings = '', bounded = true, notices = [] }: Opened = {}): KafkaSource {
  return new KafkaSource(parseKafkaSource(`kafka://b/t${settings}`), topic, {
    bounded,
    clock: Date.now,
    notice: (line) => notices.push(line),
  });
}

/** Pulls to the end, or until so many have come; what came, and where the source stood then. */
async function pullAll(source: KafkaSource, limits = LIMITS, most = Infinity) {
  const got: string[] = [];
  let positions: SourcePositions | null = null;
  while (got.length < most) {
    const pulled = await source.pull(limits);
    got.push(...texts(pulled));
    positions = stored(pulled.positions);
    if (pulled.drained) break;
  }
  return { got, positions };
}

async function readFrom(topic: FakeTopic, positions: SourcePositions | null, opened: Opened = {}) {
  const source = open(topic, opened);
  try {
    await source.resume(positions);
    return await pullAll(source);
  } finally {
    await source.close();
  }
}

describe('the Kafka source', () => {
  test('takes up behind its positions wherever it was cut, whatever fails meanwhile: each record once, in order', async () => {
    const partitions = fc.array(fc.array(fc.option(fc.nat(), { freq: 4 }), { maxLength: 12 }), {
      minLength: 1,
      maxLength: 4,
    });
    const faults = fc.array(fc.constantFrom('describe', 'bounds', 'fetch', 'commit', ''), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(partitions, faults, fc.integer({ min: 1, max: 7 }), async (values, failing, size) => {
        const topic = new FakeTopic(
          values.map((list, p) => list.map((v, i) => (v === null ? null : `${p}/${i}/${v}`))),
        );
        const waiting = [...failing];
        topic.fault = (method) => {
          if (waiting[0] === '') waiting.shift();
          if (waiting[0] !== method) return;
          waiting.shift();
          throw new KafkaFault('passing', 'gone for a moment');
        };
        const all: string[] = [];
        let positions: SourcePositions | null = null;
        for (let cut = 0; cut < 200; cut += 1) {
          const source = open(topic);
          await source.resume(positions);
          const pulled = await pullAll(source, { messages: size, bytes: 1 << 20 }, 1);
          await source.close();
          all.push(...pulled.got);
          positions = pulled.positions;
          if (pulled.got.length === 0) break;
        }
        for (const [p, list] of topic.partitions.entries()) {
          expect(all.filter((text) => text.startsWith(`${p}/`))).toEqual(list.filter((text) => text !== null));
        }
      }),
      { numRuns: Number(process.env['VITALS_KAFKA_RUNS'] ?? 30) },
    );
  });

  test('fetches no more while its buffer is full, and goes on when there is room', async () => {
    const megabyte = 'x'.repeat(1 << 20);
    const topic = new FakeTopic([Array.from({ length: 200 }, () => megabyte)]);
    topic.fetchRecords = 10;
    const source = open(topic, { bounded: false });
    await source.resume(null);
    await source.wait(60_000, new AbortController().signal);
    const before = topic.fetches;
    for (let i = 0; i < 20; i += 1) await new Promise(setImmediate);
    expect(topic.fetches).toBe(before);
    expect(before).toBeLessThanOrEqual(7);
    const pulled = await source.pull({ messages: 50, bytes: 1 << 30 });
    expect(pulled.messages).toHaveLength(50);
    expect((await pullAll(source, { messages: 1_000, bytes: 32 << 20 })).got).toHaveLength(150);
    await source.close();
  });

  test('commits to the group what bronze has acknowledged, and not what was only pulled', async () => {
    const topic = new FakeTopic([['a', 'b', 'c']]);
    const source = open(topic);
    await source.resume(null);
    const first = await source.pull({ messages: 2, bytes: 1 << 20 });
    await first.acknowledge();
    await source.pull(LIMITS);
    await source.close();
    expect(topic.commits.map((offsets) => [...offsets])).toEqual([[[0, 2]]]);
  });

  test('reads a topic that the lake does not know from its first records, or its last with start=latest', async () => {
    const topic = new FakeTopic([['a', 'b'], []]);
    expect((await readFrom(topic, null)).got).toEqual(['a', 'b']);
    const source = open(topic, { settings: '?start=latest', bounded: false });
    await source.resume(null);
    topic.partitions[1]!.push('c');
    let pulled = await pullAll(source);
    while (pulled.got.length === 0) {
      await source.wait(1, new AbortController().signal);
      pulled = await pullAll(source);
    }
    await source.close();
    expect(pulled.got).toEqual(['c']);
    expect(pulled.positions).toEqual({ kafka: { cluster: 'cluster-1', topic: 't', next: { 0: 2, 1: 1 }, lost: {} } });
  });

  test('reads a partition that was added between two runs from its first record, also with start=latest', async () => {
    const topic = new FakeTopic([['a']]);
    const { positions } = await readFrom(topic, null);
    topic.partitions.push(['b']);
    topic.first.push(0);
    expect((await readFrom(topic, positions, { settings: '?start=latest' })).got).toEqual(['b']);
  });

  test('positions of another topic or source count as none', async () => {
    const topic = new FakeTopic([['a']]);
    const other = { kafka: { cluster: 'cluster-1', topic: 'u', next: { 0: 1 }, lost: {} } };
    expect((await readFrom(topic, other)).got).toEqual(['a']);
    expect((await readFrom(topic, { files: {} })).got).toEqual(['a']);
  });

  describe('when a recorded offset is gone', () => {
    const at = (next: number, cluster = 'cluster-1') => ({
      kafka: { cluster, topic: 't', next: { 0: next }, lost: {} },
    });
    const expired = () => {
      const topic = new FakeTopic([['a', 'b', 'c', 'd']]);
      topic.first[0] = 2;
      return topic;
    };

    test.each([
      ['expired', expired(), at(1), /offset 1 of partition 0 is gone: it holds 2 to 4/],
      ['beyond the end of a topic that was made anew', expired(), at(9), /offset 9 of partition 0 is gone/],
      ['of another cluster', expired(), at(3, 'cluster-0'), /cluster cluster-1 is not the one that was read before/],
    ])('it is an error with a remedy: %s', async (_case, topic, positions, message) => {
      const reading = readFrom(topic, positions);
      await expect(reading).rejects.toThrow(message);
      await expect(reading).rejects.toThrow(/offset_reset=earliest/);
      await expect(reading).rejects.toMatchObject({ name: 'ConfigurationError', subject: '--source' });
    });

    test('offset_reset goes on from one end, says so, and counts what nobody has read', async () => {
      const notices: string[] = [];
      const earliest = await readFrom(expired(), at(1), { settings: '?offset_reset=earliest', notices });
      expect(earliest.got).toEqual(['c', 'd']);
      expect(earliest.positions).toMatchObject({ kafka: { lost: { 0: 1 } } });
      expect(notices).toEqual(['kafka: offsets of partition 0 were gone; going on from the earliest']);
      const latest = await readFrom(expired(), at(1), { settings: '?offset_reset=latest' });
      expect(latest).toMatchObject({ got: [], positions: { kafka: { next: { 0: 4 }, lost: { 0: 3 } } } });
      const foreign = await readFrom(expired(), at(3, 'cluster-0'), { settings: '?offset_reset=earliest' });
      expect(foreign).toMatchObject({ got: ['c', 'd'], positions: { kafka: { lost: {} } } });
    });

    test('records that expire under a slow run end it with the same error, after what it has', async () => {
      const topic = new FakeTopic([Array.from({ length: 20 }, (_, i) => String(i))]);
      topic.fetchRecords = 5;
      topic.fault = (method) => {
        if (method === 'fetch' && topic.fetches === 1) topic.first[0] = 10;
      };
      const source = open(topic);
      await source.resume(null);
      await expect(pullAll(source)).rejects.toThrow(/offset 5 of partition 0 is gone: it holds 10 to 20/);
      await source.close();
    });
  });

  describe('when the broker fails', () => {
    test('a refusal ends the run at once, with the variables to look at', async () => {
      const topic = new FakeTopic([['a']]);
      topic.fault = () => {
        throw new KafkaFault('refused', 'SASL authentication failed');
      };
      await expect(readFrom(topic, null)).rejects.toThrow(/--source: kafka:\/\/b:9092\/t refuses .*KAFKA_USERNAME/);
    });

    test('silence is waited out for so long, from fresh connections, and then is an error', async () => {
      const topic = new FakeTopic([['a']]);
      topic.fault = () => {
        throw new KafkaFault('passing', 'connect ECONNREFUSED');
      };
      await expect(readFrom(topic, null, { settings: '?connect_seconds=0.5' })).rejects.toThrow(
        /no broker has answered for 0\.5 s \(connect ECONNREFUSED\)/,
      );
      expect(topic.disconnects).toBeGreaterThanOrEqual(2);
    });

    test('a slow one makes pulls that are empty and not the end, and what it brings at last comes once', async () => {
      const topic = new FakeTopic([['a', 'b']]);
      let answer = () => {};
      topic.slowness = new Promise((resolve) => (answer = resolve));
      const source = open(topic);
      await source.resume(null);
      expect(await source.pull(LIMITS)).toMatchObject({ messages: [], drained: false });
      answer();
      expect((await pullAll(source)).got).toEqual(['a', 'b']);
      await source.close();
    });

    test('an outage is told once and its end once', async () => {
      const topic = new FakeTopic([['a']]);
      let failures = 3;
      topic.fault = (method) => {
        if (method === 'fetch' && failures-- > 0) throw new KafkaFault('passing', 'socket closed');
      };
      const notices: string[] = [];
      expect((await readFrom(topic, null, { notices })).got).toEqual(['a']);
      expect(notices).toEqual([
        'kafka: kafka://b:9092/t does not answer (socket closed); trying again',
        expect.stringMatching(/^kafka: kafka:\/\/b:9092\/t answers again, after \d\.\d s$/),
      ]);
    });

    test('a group that has members of its own costs a notice and no message', async () => {
      const topic = new FakeTopic([['a']]);
      topic.fault = (method) => {
        if (method === 'commit') throw new KafkaFault('refused', 'unknown member');
      };
      const notices: string[] = [];
      const source = open(topic, { notices });
      await source.resume(null);
      const pulled = await source.pull(LIMITS);
      await pulled.acknowledge();
      await source.close();
      expect(texts(pulled)).toEqual(['a']);
      expect(notices.join()).toMatch(/not committed to the group vitals \(unknown member\)/);
    });

    test('a partition that never gives what it says it holds ends the run', async () => {
      const topic = new FakeTopic([['a']]);
      topic.fetchRecords = 0;
      await expect(readFrom(topic, null, { settings: '?outage_seconds=0.1' })).rejects.toThrow(
        /partition 0 gives nothing from offset 0 on, and ends at 1.*compacted/,
      );
    });
  });
});
