import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { auditLake } from '../../../query/audit/audit.js';
import { FileSource } from '../../../pipeline/sources/file-source.js';
import { DeadLetterTopic } from '../../../pipeline/sinks/dead-letter-topic.js';
import type { RunStatus } from '../../../pipeline/engines/micro-batch/status.js';
import type { Source } from '../../../pipeline/sources/source.js';
import { withFolder } from '../../support/vitals.js';
import { drain, names, openSubscription, publish, query, setUp, simulateInto, wire, type Sent } from './broker.js';
import { Emulator, EMULATOR } from './emulator.js';

const suite = 'absent' in EMULATOR ? describe.skip : describe;
const reason = 'absent' in EMULATOR ? ` (skipped: ${EMULATOR.absent})` : '';
const audit = (lake: string) => auditLake(lake, { memoryCap: 4 * 2 ** 30, memoryLimit: '512MB' });

suite(`a subscription under the direct engine${reason}`, () => {
  let emulator: Emulator;
  beforeAll(async () => void (emulator = await Emulator.start()));
  afterAll(() => emulator.stop());

  test('gives the same silver and gold as the same simulation in files, and a green audit', async () => {
    await withFolder(async (folder) => {
      const own = names('same');
      await setUp(own);
      const sent = await simulateInto(own.topic);
      await simulateInto(`file:${join(folder, 'landing')}`);
      const { run } = await drain(join(folder, 'pubsub'), own.subscription);
      expect(run.received).toBe(sent);
      await drain(join(folder, 'files'), await FileSource.open(join(folder, 'landing'), { deleteAcknowledged: false }));
      const [ours, theirs] = [await audit(join(folder, 'pubsub')), await audit(join(folder, 'files'))];
      expect(ours).toMatchObject({ ok: true, silver_hash: theirs.silver_hash, gold_hash: theirs.gold_hash });
      expect(ours.received).toBe(theirs.received);
    });
  });

  test('on an ordered subscription with exactly-once delivery nothing comes twice, and each patient comes in order', async () => {
    await withFolder(async (lake) => {
      const own = names('ordered');
      await setUp(own, { 'exactly-once': true });
      const sent = await simulateInto(own.topic, { late: 0, duplicate: 0, malformed: 0, lost: 0 });
      const source = await openSubscription(own.subscription);
      expect((await drain(lake, source)).run).toMatchObject({ received: sent, silver: sent, suppressed: 0 });
      expect(source.failedAcknowledgements).toBe(0);
      const disordered = await query(
        lake,
        `SELECT * FROM (
           SELECT sequence, lag(sequence) OVER (PARTITION BY device_id ORDER BY b.batch, b."offset") AS before
           FROM silver.patient_vitals AS s JOIN bronze.patient_vitals AS b ON b.message_id = s.source_message_id
         ) WHERE sequence <= before`,
      );
      expect(disordered).toEqual([]);
      const [attributes] = await query(lake, 'SELECT DISTINCT attributes, dialect, source FROM bronze.patient_vitals');
      expect(attributes).toEqual({
        attributes: '{"dialect":"json","version":"1"}',
        dialect: 'json',
        source: own.subscription,
      });
    });
  });

  test('what is delivered again because its acknowledgement was lost is suppressed', async () => {
    await withFolder(async (lake) => {
      const own = names('again');
      await setUp(own);
      await publish(
        own.topic,
        Array.from({ length: 200 }, (_, n) => ({ data: wire('P1', n) })),
      );
      const stop = new AbortController();
      const deaf = withoutAcknowledgement(await openSubscription(own.subscription));
      const onStatus = ({ run }: RunStatus) => run.received === 200 && stop.abort();
      const { run } = await drain(lake, deaf, { once: false, batchMillis: 100, onStatus }, stop.signal);
      expect(run).toMatchObject({ received: 200, silver: 200 });
      expect((await drain(lake, own.subscription)).run).toMatchObject({ received: 200, silver: 0, suppressed: 200 });
      expect((await drain(lake, own.subscription)).run).toMatchObject({ received: 0 });
    });
  });

  test('poison, empty and 9 MB messages, with attributes or without, become dead letters and stop nothing', async () => {
    await withFolder(async (lake) => {
      const own = names('poison');
      await setUp(own);
      const bad: Sent[] = [
        { data: '', attributes: { only: 'attributes' } },
        { data: Buffer.alloc(9_000_000, 0x61) },
        { data: Buffer.from([0xff, 0xfe, 0x00]), attributes: { dialect: 'no such dialect' } },
        { data: '{"patient_id":', attributes: { dialect: '' } },
        { data: 'null' },
      ];
      const good = Array.from({ length: 20 }, (_, n) => ({ data: wire('P1', n) }));
      await publish(own.topic, [...good.slice(0, 10), ...bad, ...good.slice(10)]);
      expect((await drain(lake, own.subscription)).run).toMatchObject({ received: 25, silver: 20, dead_letter: 5 });
      const reasons = await query<{ reason: string }>(lake, 'SELECT reason FROM silver.dead_letter');
      expect(reasons.map(({ reason }) => reason)).toEqual(expect.arrayContaining(['EMPTY', 'SIZE', 'SYNTAX']));
      const [largest] = await query(lake, 'SELECT max(octet_length(payload)) AS bytes FROM bronze.patient_vitals');
      expect(Number((largest as { bytes: unknown }).bytes)).toBe(9_000_000);
    });
  });

  test('dead letters reach their topic after their commit, with reason and place, and nothing that names a patient', async () => {
    await withFolder(async (lake) => {
      const [own, dead] = [names('letters'), names('letters-dead')];
      await setUp(own);
      await setUp(dead, { ordering: false });
      await publish(own.topic, [{ data: wire('SECRET', 1, 400) }, { data: 'SECRET' }, { data: wire('SECRET', 2) }]);
      const letters = await DeadLetterTopic.open(dead.topic, lake, () => {});
      await drain(lake, own.subscription, { onStatus: () => letters.committed() });
      await letters.finish();
      const source = await openSubscription(dead.subscription);
      const published = await everything(source);
      expect(published.map(({ payload }) => Buffer.from(payload).toString()).sort()).toEqual(
        ['SECRET', wire('SECRET', 1, 400)].sort(),
      );
      const attributes = published.map((message) => JSON.parse(message.attributes ?? '{}') as Record<string, string>);
      expect(attributes.map(({ reason, stage, scope }) => [reason, stage, scope]).sort()).toEqual([
        ['RANGE', 'cleanse', 'field'],
        ['SYNTAX', 'decode', 'item'],
      ]);
      for (const each of attributes) {
        expect(each['message_id']).not.toBe('');
        expect(JSON.stringify({ ...each, message_id: '' })).not.toContain('SECRET');
      }
      await letters.finish();
      expect(await everything(source)).toEqual([]);
      await Promise.all([letters.close(), source.close()]);
    });
  });
});

/** A source whose acknowledgements get lost on the way. */
function withoutAcknowledgement(source: Source): Source {
  return {
    url: source.url,
    resume: (positions) => source.resume(positions),
    pull: async (limits) => ({ ...(await source.pull(limits)), acknowledge: async () => {} }),
    wait: (milliseconds, signal) => source.wait(milliseconds, signal),
    close: () => source.close(),
  };
}

/** Pulls until the source is drained. */
async function everything(source: Source) {
  await source.resume(null);
  const messages = [];
  for (;;) {
    const pulled = await source.pull({ messages: 1_000, bytes: 1 << 30 });
    messages.push(...pulled.messages);
    await pulled.acknowledge();
    if (pulled.messages.length === 0 && pulled.drained) return messages;
    await source.wait(100, new AbortController().signal);
  }
}
