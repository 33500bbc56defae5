import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PubSubSource } from '../../../pipeline/sources/pubsub/pubsub-source.js';
import type { Source } from '../../../pipeline/sources/source.js';
import { openLakeSnapshot } from '../../../lake/reader.js';
import { hashLake } from '../../../query/content-hash.js';
import { finished, startVitals, vitals, withFolder } from '../../support/vitals.js';
import { waitFor } from '../support/wait-for.js';
import { drain, names, openSubscription, publish, query, setUp, simulateInto, wire } from './broker.js';
import { Emulator, EMULATOR } from './emulator.js';

const suite = 'absent' in EMULATOR ? describe.skip : describe;
const reason = 'absent' in EMULATOR ? ` (skipped: ${EMULATOR.absent})` : '';
/** The published figures are those of 5 restarts and of 10 kills. */
const RESTARTS = Number(process.env['VITALS_RESTARTS'] ?? 5);
const KILLS = Number(process.env['VITALS_KILLS'] ?? 1);
const hashes = async (lake: string) => hashLake(await openLakeSnapshot(lake));

suite(`a broker in trouble under the direct engine${reason}`, () => {
  let emulator: Emulator;
  beforeAll(async () => void (emulator = await Emulator.start()));
  afterAll(() => emulator.stop());

  test(`the emulator restarted ${RESTARTS} times: all that was acknowledged or delivered is in bronze, nothing that it kept is lost`, async () => {
    await withFolder(async (lake) => {
      const own = names('restarted');
      await setUp(own, { ordering: false });
      const source = new Witness(await openSubscription(own.subscription, 'lease-seconds=10'));
      const stop = new AbortController();
      const run = drain(lake, source, { once: false, batchMillis: 200 }, stop.signal);
      let sent = 0;
      const kept: string[] = [];
      for (let generation = 0; generation <= RESTARTS; generation += 1) {
        const batch = Array.from({ length: 1_000 }, () => wire('P1', (sent += 1)));
        await publish(
          own.topic,
          batch.map((data) => ({ data })),
        );
        const before = source.acknowledged.size;
        if (generation === RESTARTS) {
          kept.push(...batch);
          await waitFor(
            'all that the broker kept is acknowledged',
            () => kept.every((each) => source.acknowledged.has(each)),
            {
              timeoutMillis: 120_000,
            },
          );
        } else {
          // In the midst of it: some of the generation is acknowledged, some is delivered, some is lost with the broker.
          await waitFor('some are acknowledged', () => source.acknowledged.size > before, { timeoutMillis: 60_000 });
          await emulator.restart();
          await setUp(own, { ordering: false });
        }
      }
      stop.abort();
      await run;
      const rows = await query<{ payload: string }>(
        lake,
        'SELECT decode(payload) AS payload FROM bronze.patient_vitals',
      );
      const bronze = new Set(rows.map(({ payload }) => payload));
      expect([...source.acknowledged].filter((each) => !bronze.has(each))).toEqual([]);
      expect([...source.delivered].filter((each) => !bronze.has(each))).toEqual([]);
      expect(kept.filter((each) => !bronze.has(each))).toEqual([]);
      const [silver] = await query<{ n: number; readings: number }>(
        lake,
        'SELECT count(*) AS n, count(DISTINCT reading_id) AS readings FROM silver.patient_vitals',
      );
      expect(silver).toEqual({ n: bronze.size, readings: bronze.size });
    });
  }, 300_000);

  test(
    `a pipeline that is killed (${KILLS}) loses nothing: what was not frozen is delivered again`,
    async () => {
      await withFolder(async (folder) => {
        const own = names('killed');
        await setUp(own, { ordering: false });
        await simulateInto(own.topic);
        await simulateInto(`file:${join(folder, 'landing')}`);
        const files = ['run', '--once', '--workers', '0', '--source', `file:${join(folder, 'landing')}`];
        await vitals([...files, '--lake', join(folder, 'files')]);
        const lake = join(folder, 'lake');
        const run = (...more: string[]) =>
          startVitals([
            ...['run', '--workers', '0', '--lake', lake, '--batch-messages', '300', ...more],
            ...['--source', `${own.subscription}?lease-seconds=10&outstanding-messages=900&quiet-seconds=5`],
          ]);
        for (let kill = 0; kill < KILLS; kill += 1) {
          const child = run();
          const ended = finished(child);
          // The first word on its progress: batches are frozen, others are delivered and wait.
          await new Promise<void>((resolve) => child.stderr?.once('data', () => resolve()));
          child.kill('SIGKILL');
          expect((await ended).signal).toBe('SIGKILL');
        }
        // The emulator gives back what a dead reader held little by little, over up to a minute: longer than a run is quiet.
        const expected = await hashes(join(folder, 'files'));
        const complete = async () => {
          expect(await finished(run('--once'))).toMatchObject({ code: 0 });
          return (await hashes(lake)).silver_rows === expected.silver_rows;
        };
        await waitFor('everything has come', complete, { timeoutMillis: 150_000 });
        expect(await hashes(lake)).toEqual(expected);
      });
    },
    240_000 + KILLS * 60_000,
  );

  test('a broker that does not answer for a while is waited for, also by a run to the end', async () => {
    await withFolder(async (lake) => {
      const own = names('slow');
      await setUp(own);
      await publish(
        own.topic,
        Array.from({ length: 500 }, (_, n) => ({ data: wire('P1', n) })),
      );
      const source = await openSubscription(own.subscription);
      emulator.hold();
      const run = drain(lake, source);
      await new Promise((resolve) => setTimeout(resolve, 5_000));
      emulator.goOn();
      expect((await run).run.silver).toBe(500);
    });
  });

  test('a subscription that is not there, or is none, is named with what to do', async () => {
    const { topic, subscription } = names('nowhere');
    await expect(openSubscription(subscription)).rejects.toThrow(/--source: there is no .*nowhere-lake.*pubsub setup/);
    await expect(openSubscription(topic)).rejects.toThrow(/--source: .*names one of topics/);
    await expect(publish(topic, [])).rejects.toThrow(/--sink: there is no .*topics\/nowhere/);
  });

  test('a broker that is not there, and credentials that are not there, are named with what to do', async () => {
    const { subscription } = names('absent');
    const host = process.env['PUBSUB_EMULATOR_HOST'];
    try {
      process.env['PUBSUB_EMULATOR_HOST'] = '127.0.0.1:1';
      await expect(openSubscription(subscription)).rejects.toThrow(/--source: no emulator answers at .*=127.0.0.1:1/);
      delete process.env['PUBSUB_EMULATOR_HOST'];
      process.env['GOOGLE_APPLICATION_CREDENTIALS'] = '/nowhere/key.json';
      await expect(openSubscription(subscription)).rejects.toThrow(/--source: no valid credentials.*gcloud auth/);
    } finally {
      delete process.env['GOOGLE_APPLICATION_CREDENTIALS'];
      process.env['PUBSUB_EMULATOR_HOST'] = host;
    }
  });
});

/** A source that remembers what it handed over, and what of it was acknowledged. */
class Witness implements Source {
  readonly delivered = new Set<string>();
  readonly acknowledged = new Set<string>();
  readonly url: string;

  constructor(private readonly source: PubSubSource) {
    this.url = source.url;
  }

  resume(): Promise<void> {
    return this.source.resume();
  }

  async pull(limits: Parameters<Source['pull']>[0]): ReturnType<Source['pull']> {
    const pulled = await this.source.pull(limits);
    const texts = pulled.messages.map(({ payload }) => Buffer.from(payload).toString());
    for (const text of texts) this.delivered.add(text);
    return {
      ...pulled,
      acknowledge: async () => {
        for (const text of texts) this.acknowledged.add(text);
        await pulled.acknowledge();
      },
    };
  }

  wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    return this.source.wait(milliseconds, signal);
  }

  close(): Promise<void> {
    return this.source.close();
  }
}
