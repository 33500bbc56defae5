import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { seekSubscription } from '../../../cli/pubsub/seek.js';
import { setUpPubSub } from '../../../cli/pubsub/setup.js';
import { takeSnapshot } from '../../../cli/pubsub/snapshot.js';
import { openLakeSnapshot } from '../../../lake/reader.js';
import { openLakeWriter } from '../../../lake/lake.js';
import { hashLake } from '../../../query/content-hash.js';
import { withFolder } from '../../support/vitals.js';
import { drain, names, publish, SETUP, setUp, simulateInto, wire } from './broker.js';
import { Emulator, EMULATOR } from './emulator.js';

const suite = 'absent' in EMULATOR ? describe.skip : describe;
const reason = 'absent' in EMULATOR ? ` (skipped: ${EMULATOR.absent})` : '';
const PROJECT = 'pubsub:projects/vitals-test';

suite(`setup and replay on the emulator${reason}`, () => {
  let emulator: Emulator;
  beforeAll(async () => void (emulator = await Emulator.start()));
  afterAll(() => emulator.stop());

  test('a snapshot, read and sought back to, gives another lake the same silver and gold, and the same lake nothing new', async () => {
    await withFolder(async (folder) => {
      const own = names('replayed');
      await setUp(own);
      await simulateInto(own.topic, { seed: 'before' }, 1);
      await drain(join(folder, 'before'), own.subscription);
      const snapshot = `${PROJECT}/snapshots/replayed`;
      const taken = await takeSnapshot({ subscription: own.subscription, snapshot });
      expect(taken).toMatchObject({ snapshot: 'projects/vitals-test/snapshots/replayed', expires: expect.any(String) });
      const sent = await simulateInto(own.topic);
      const first = join(folder, 'first');
      await drain(first, own.subscription);
      const seek = { subscription: own.subscription, snapshot, time: undefined, discard: false, lake: first };
      await seekSubscription(seek, Date.now());
      expect((await drain(join(folder, 'second'), own.subscription)).run.received).toBe(sent);
      const hashes = async (lake: string) => hashLake(await openLakeSnapshot(lake));
      expect(await hashes(join(folder, 'second'))).toEqual(await hashes(first));
      await seekSubscription(seek, Date.now());
      const { run } = await drain(first, own.subscription);
      expect(run).toMatchObject({ received: sent, silver: 0 });
      expect(await hashes(first)).toEqual(await hashes(join(folder, 'second')));
    });
  });

  test('a subscription is not turned beneath a pipeline, to a foreign snapshot, or to a time of which nothing is kept', async () => {
    await withFolder(async (lake) => {
      const [own, other] = [names('held'), names('foreign')];
      await setUp(own);
      await setUp(other);
      const snapshot = `${PROJECT}/snapshots/held`;
      await takeSnapshot({ subscription: own.subscription, snapshot });
      const flags = { subscription: own.subscription, snapshot, time: undefined, discard: false, lake };
      const writer = await openLakeWriter(lake, { clock: Date.now });
      await expect(seekSubscription(flags, Date.now())).rejects.toThrow(/--lake: .*process \d+ .*before you seek/);
      await writer.close();
      await expect(seekSubscription({ ...flags, subscription: other.subscription }, Date.now())).rejects.toThrow(
        /--snapshot: .*held is of projects.*topics\/held, not of .*foreign/,
      );
      const to = (time: string) =>
        seekSubscription({ ...flags, snapshot: undefined, time }, Date.parse('2026-11-21T12:00:00Z'));
      await expect(to('2026-11-01')).rejects.toThrow(/longer ago than messages are kept/);
      await expect(to('2026-11-22')).rejects.toThrow(/is to come.*--discard/);
      await expect(to('2026-11-21')).rejects.toThrow(/The emulator lacks it; the service has it/);
      await expect(takeSnapshot({ subscription: own.subscription, snapshot })).rejects.toThrow(/already/);
    });
  });

  test('setup makes what is missing, changes what differs, and leaves the rest', async () => {
    const own = names('setup');
    const flags = {
      ...SETUP,
      ...own,
      'dead-letter-topic': `${PROJECT}/topics/setup-dead`,
      'dead-letter-subscription': `${PROJECT}/subscriptions/setup-dead`,
      schema: `${PROJECT}/schemas/reading`,
    };
    const actions = async (changes: Partial<typeof flags> = {}) =>
      (await setUpPubSub({ ...flags, ...changes })).map(({ action, changed }) => [action, ...changed].join(' '));
    expect(await actions()).toEqual(Array(5).fill('created'));
    expect(await actions()).toEqual(Array(5).fill('unchanged'));
    expect(await actions({ 'exactly-once': true, 'retention-days': 10 })).toEqual([
      'unchanged',
      'updated message_retention_duration',
      'updated enable_exactly_once_delivery',
      'updated message_retention_duration',
      'unchanged',
    ]);
    await expect(actions({ ordering: false })).rejects.toThrow(/made with ordering, which cannot be changed/);
    await expect(actions({ 'attach-schema': true, schema: undefined as never })).rejects.toThrow(/needs --schema/);
    await expect(actions({ 'retention-days': 0 })).rejects.toThrow(/1 to 31/);
  });

  test('a topic with the schema takes readings and refuses what has no patient', async () => {
    await withFolder(async (lake) => {
      const own = names('guarded');
      await setUp(own, { schema: `${PROJECT}/schemas/guard`, 'attach-schema': true });
      await simulateInto(own.topic, { malformed: 0, duplicate: 0, late: 0, lost: 0 }, 1);
      await publish(own.topic, [{ data: wire('P1', 1) }]);
      await expect(publish(own.topic, [{ data: '{"heart_rate":78}' }])).rejects.toThrow(/--sink: .*is refused/);
      expect((await drain(lake, own.subscription)).run).toMatchObject({ dead_letter: 0, received: 20 * 60 + 1 });
    });
  });
});
