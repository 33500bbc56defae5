import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import kafkajs from 'kafkajs';
import { openLakeSnapshot } from '../../../lake/reader.js';
import { openQuerySession } from '../../../query/session.js';
import { runMessages } from '../../support/direct.js';
import { vitals, withFolder } from '../../support/vitals.js';
import { waitFor } from '../support/wait-for.js';
import { BROKER_USER, describeWithKafka, KafkaBroker } from './broker.js';
import { LIMITS, openTopic, openUrl, readToEnd, textsOf } from './read-topic.js';

const READING = {
  version: 1,
  patient_id: 'P1',
  device_id: 'M1',
  ward: 'ICU',
  event_time: '2026-11-21T07:20:00Z',
  heart_rate: 70,
};
const reading = (sequence: number) => JSON.stringify({ ...READING, sequence });

describeWithKafka('a topic of a real broker', () => {
  let broker: KafkaBroker;
  beforeAll(async () => {
    broker = await KafkaBroker.start();
  }, 120_000);
  afterAll(() => broker?.remove());

  const produce = (topic: string, values: readonly (string | Buffer | null)[], partition = 0) =>
    broker.withProducer((producer) =>
      producer.send({ topic, messages: values.map((value) => ({ key: 'P1', value, partition })) }),
    );

  test('simulated readings of several partitions are all accounted for in the lake, and the group shows no lag', async () => {
    await withFolder(async (folder) => {
      await broker.createTopic('ward', 3);
      const url = `kafka://${broker.address}/ward`;
      const simulated = await vitals([
        ...['simulate', '--patients', '40', '--interval', '60', '--seed', 'kafka', '--json', '--sink', url],
        ...['--from', '2026-11-21T00:00:00Z', '--to', '2026-11-21T02:00:00Z'],
        ...['--late', '0.02', '--duplicate', '0.02', '--malformed', '0.02'],
      ]);
      expect(simulated).toMatchObject({ code: 0 });
      const { messages } = JSON.parse(simulated.stdout) as { messages: number };
      const lake = join(folder, 'lake');
      const run = await vitals(['run', '--once', '--source', url, '--lake', lake, '--workers', '1', '--json']);
      expect(run).toMatchObject({ code: 0 });
      expect(JSON.parse(run.stdout).totals).toMatchObject({ messages });
      const audit = await vitals(['audit', '--json', '--lake', lake]);
      expect(JSON.parse(audit.stdout)).toMatchObject({ ok: true });

      await broker.withAdmin(async (admin) => {
        const [committed] = await admin.fetchOffsets({ groupId: 'vitals', topics: ['ward'] });
        const ends = await admin.fetchTopicOffsets('ward');
        const offsets = (list: { partition: number; offset: string }[]) =>
          list.map(({ partition, offset }) => `${partition}:${offset}`).sort();
        expect(offsets(committed!.partitions)).toEqual(offsets(ends));
        expect(ends.filter(({ offset }) => offset !== '0')).toHaveLength(3);
      });
      const session = await openQuerySession(await openLakeSnapshot(lake));
      const [bronze] = await session.all(
        `SELECT count(*) AS n, count(DISTINCT source) AS sources, min(source) AS source, min(dialect) AS dialect,
           min(attributes) AS attributes FROM bronze.patient_vitals`,
      );
      await session.close();
      expect(bronze).toMatchObject({
        n: messages,
        sources: 1,
        source: url,
        dialect: 'json',
        attributes: '{"dialect":"json","version":"1"}',
      });
    });
  });

  test('a bounded read ends exactly where the partitions ended when it began; the next one begins there', async () => {
    await broker.createTopic('bounded', 2);
    await produce('bounded', ['a1', 'a2'], 0);
    await produce('bounded', ['b1'], 1);
    const source = openTopic(broker, 'bounded', true);
    await source.resume(null);
    await produce('bounded', ['a3'], 0);
    const first = await readToEndOf(source);
    expect(textsOf(first.messages).sort()).toEqual(['a1', 'a2', 'b1']);
    const second = await readToEnd(openTopic(broker, 'bounded', true), first.positions);
    expect(textsOf(second.messages)).toEqual(['a3']);
    expect(second.messages[0]).toMatchObject({ message_id: 'bounded-0-2', dialect: null, attributes: null });
    expect(second.messages[0]!.publish_time).toBeGreaterThan(Date.UTC(2020, 0));
  });

  test('a partition that is added while it is read is noticed and read from its first record', async () => {
    await broker.createTopic('growing', 1);
    await produce('growing', ['old'], 0);
    const source = openTopic(broker, 'growing', false);
    const texts: string[] = [];
    try {
      await source.resume(null);
      await broker.withAdmin((admin) => admin.createPartitions({ topicPartitions: [{ topic: 'growing', count: 2 }] }));
      await produce('growing', ['new'], 1);
      await waitFor('both messages have arrived', async () => {
        texts.push(...textsOf((await source.pull(LIMITS)).messages));
        return texts.length >= 2;
      });
    } finally {
      await source.close();
    }
    expect(texts).toEqual(['old', 'new']);
  });

  test('tombstones and messages of 10 MB become dead letters, and what stands around them goes through', async () => {
    await withFolder(async (lake) => {
      await broker.createTopic('odd', 1, { 'max.message.bytes': String(12 << 20) });
      await produce('odd', [reading(1)]);
      await produce('odd', [null, Buffer.alloc(10 << 20, 'x')]);
      await produce('odd', [reading(2)]);
      const source = openTopic(broker, 'odd', true);
      const { run } = await runMessages(lake, [], 1_000, { source });
      expect(run).toMatchObject({ messages: 4, silver: 2, dead_letter: 2 });
      const session = await openQuerySession(await openLakeSnapshot(lake));
      const letters = await session.all('SELECT reason, source_message_id FROM silver.dead_letter ORDER BY reason');
      const keys = await session.all(`SELECT attributes FROM bronze.patient_vitals WHERE octet_length(payload) = 0`);
      await session.close();
      expect(letters).toEqual([
        { reason: 'EMPTY', source_message_id: 'odd-0-1' },
        { reason: 'SIZE', source_message_id: 'odd-0-2' },
      ]);
      expect(keys).toEqual([{ attributes: '{"kafka_key":"P1"}' }]);
    });
  });

  test('what a transaction has aborted is not read, and a read ends behind its markers', async () => {
    await broker.createTopic('transactions', 1);
    const producer = broker.client().producer({
      transactionalId: 'test',
      maxInFlightRequests: 1,
      idempotent: true,
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    for (const [value, commit] of [
      ['kept', true],
      ['dropped', false],
    ] as const) {
      const transaction = await producer.transaction();
      await transaction.send({ topic: 'transactions', messages: [{ value }] });
      await (commit ? transaction.commit() : transaction.abort());
    }
    await producer.disconnect();
    const { messages, positions } = await readToEnd(openTopic(broker, 'transactions', true));
    expect(textsOf(messages)).toEqual(['kept']);
    // Two records and a marker behind each.
    expect(positions).toMatchObject({ kafka: { next: { 0: 4 } } });
  });

  test.each(['gzip', 'snappy', 'lz4', 'zstd'])('a topic that the broker packs with %s is read', async (codec) => {
    await broker.createTopic(`packed-${codec}`, 1, { 'compression.type': codec });
    const values = Array.from({ length: 2_000 }, (_, i) => reading(i));
    await produce(`packed-${codec}`, [...values, 'x'.repeat(200_000)]);
    const { messages } = await readToEnd(openTopic(broker, `packed-${codec}`, true));
    expect(textsOf(messages)).toEqual([...values, 'x'.repeat(200_000)]);
  });

  test('the lake says where to go on, whatever the group says and whoever else is in it', async () => {
    await broker.createTopic('rebalanced', 1);
    await produce('rebalanced', ['r1', 'r2', 'r3']);
    const first = await readToEnd(openTopic(broker, 'rebalanced', true));
    await produce('rebalanced', ['r4']);
    const member = broker.client().consumer({ groupId: 'vitals', maxWaitTimeInMs: 100 });
    await member.connect();
    await member.subscribe({ topic: 'rebalanced', fromBeginning: true });
    const seen: string[] = [];
    await member.run({ eachMessage: async ({ message }) => void seen.push(String(message.value)) });
    await waitFor('the other member has read on', () => seen.includes('r4'));
    const notices: string[] = [];
    const second = await readToEnd(openTopic(broker, 'rebalanced', true, notices), first.positions);
    await member.disconnect();
    expect(textsOf(second.messages)).toEqual(['r4']);
    expect(notices.join()).toMatch(/offsets are not committed to the group vitals/);

    // A stale offset of the group is not looked at.
    await broker.withAdmin((admin) =>
      admin.setOffsets({ groupId: 'vitals', topic: 'rebalanced', partitions: [{ partition: 0, offset: '1' }] }),
    );
    const third = await readToEnd(openTopic(broker, 'rebalanced', true), second.positions);
    expect(third.messages).toEqual([]);
  });

  test('records that were deleted before they were read end the run with a remedy, and are counted when it goes on', async () => {
    await broker.createTopic('expired', 1);
    await produce('expired', ['e0']);
    const { positions } = await readToEnd(openTopic(broker, 'expired', true));
    await produce('expired', ['e1', 'e2', 'e3']);
    await broker.withAdmin(async (admin) => {
      await admin.fetchTopicOffsets('expired');
      await admin.deleteTopicRecords({ topic: 'expired', partitions: [{ partition: 0, offset: '3' }] });
    });
    await expect(readToEnd(openTopic(broker, 'expired', true), positions)).rejects.toThrow(
      /offset 1 of partition 0 is gone: it holds 3 to 4.*offset_reset=earliest/,
    );
    const url = `kafka://${broker.address}/expired?offset_reset=earliest`;
    const notices: string[] = [];
    const resumed = await readToEnd(openUrl(url, true, notices), positions);
    expect(textsOf(resumed.messages)).toEqual(['e3']);
    expect(resumed.positions).toMatchObject({ kafka: { next: { 0: 4 }, lost: { 0: 2 } } });
    expect(notices.join()).toMatch(/offsets of partition 0 were gone/);
  });

  test('a topic that does not exist is an error that says so, and is not created by asking', async () => {
    await expect(readToEnd(openUrl(`kafka://${broker.address}/nowhere?connect_seconds=0.5`, true))).rejects.toThrow(
      /--source: .*nowhere: the cluster has no such topic/,
    );
    expect(await broker.withAdmin((admin) => admin.listTopics())).not.toContain('nowhere');
  });

  test('a password opens a guarded listener; a wrong one is an error at once that does not show it', async () => {
    await withFolder(async (folder) => {
      await broker.createTopic('guarded', 1);
      const args = (lake: string) => [
        ...['run', '--once', '--source', `kafka://${broker.guardedAddress}/guarded`],
        ...['--lake', join(folder, lake), '--workers', '0'],
      ];
      const sinkArgs = ['simulate', '--patients', '5', '--from', '2026-11-21T00:00:00Z', '--duration', '10s'];
      const environment = {
        KAFKA_USERNAME: BROKER_USER.username,
        KAFKA_PASSWORD: BROKER_USER.password,
        KAFKA_SASL_MECHANISM: 'plain',
        KAFKA_TLS: 'false',
      };
      const sink = ['--sink', `kafka://${broker.guardedAddress}/guarded`];
      expect(await vitals([...sinkArgs, ...sink], '', environment)).toMatchObject({ code: 0 });
      expect(await vitals(args('right'), '', environment)).toMatchObject({ code: 0 });
      const wrong = await vitals(args('wrong'), '', { ...environment, KAFKA_PASSWORD: 'swordfish' });
      expect(wrong).toMatchObject({ code: 1, stdout: '' });
      expect(wrong.stderr).toMatch(/--source: kafka:.*refuses.*KAFKA_USERNAME/);
      expect(wrong.stderr).not.toMatch(/swordfish/);
    });
  });

  /** Like {@link readToEnd}, of a source that has been resumed. */
  async function readToEndOf(source: ReturnType<typeof openTopic>) {
    return readToEnd(Object.assign(source, { resume: async () => undefined }));
  }
});
