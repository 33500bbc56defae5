import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { openPubSub } from '../../brokers/pubsub/client.js';
import { startVitals, vitals } from '../support/vitals.js';
import { FAKE_GCS, GcsServer } from './gcs/server.js';
import { EMULATOR, Emulator } from './pubsub/emulator.js';
import { describeOn, installEngine } from './support/program.js';
import { PRISM, startPrism } from './support/prism.js';
import { waitFor } from './support/wait-for.js';

/** ENGINES_PATIENTS=200 ENGINES_MINUTES=60 is the hour that docs/engines.md has the figures of. */
const PATIENTS = process.env['ENGINES_PATIENTS'] ?? '20';
const MINUTES = Number(process.env['ENGINES_MINUTES'] ?? 20);
const LIMIT = 900_000;
/** ENGINES_BUCKET=1 keeps every lake but the first in a bucket of fake-gcs-server instead of on this disk. */
const IN_BUCKET = process.env['ENGINES_BUCKET'] !== undefined;

const FLINK = installEngine('flink');
const PROJECT = 'demo-vitals';
const TOPIC = `pubsub:projects/${PROJECT}/topics/same`;
/** As large as a message of Pub/Sub may be, and larger than a reading may: a dead letter on every engine. */
const HUGE = JSON.stringify({ patient_id: 'P1', note: 'x'.repeat(9_900_000) });

interface Answer {
  readonly ok: boolean;
  readonly silver_hash: string;
  readonly gold_hash: string;
  readonly received: number;
  readonly suppressed: number;
  readonly invariants: readonly { readonly id: string; readonly ok: boolean; readonly detail: string }[];
}

let folder = '';
let expected: Answer;
let bucket: GcsServer | null = null;

/** Runs a command that must succeed. */
async function succeed(args: readonly string[]): Promise<string> {
  const end = await vitals(args);
  if (end.code !== 0) throw new Error(`vitals ${args.join(' ')} ended with ${end.code}: ${end.stderr.slice(-2_000)}`);
  return end.stdout;
}

const patients = () => join(folder, 'patients.ndjson');
const lakeOf = (name: string) => (bucket === null ? join(folder, name) : `gs://${GcsServer.bucket}/${name}`);
const simulate = (sink: string) =>
  succeed([
    ...['simulate', '--patients', PATIENTS, '--interval', '60', '--seed', 'same', '--from', '2026-06-01T00:00:00Z'],
    ...['--duration', `${MINUTES}m`, '--late', '0.02', '--duplicate', '0.02', '--malformed', '0.02'],
    ...['--sink', sink, '--patients-out', patients()],
  ]);

async function answerOf(lake: string): Promise<Answer> {
  const { stdout, stderr } = await vitals(['audit', '--json', '--lake', lake]);
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Answer;
}

/** Runs the folder of messages to its end on an engine. */
async function answerOn(name: string, engine: readonly string[]): Promise<Answer> {
  const lake = lakeOf(name);
  const source = ['--once', '--source', `file:${join(folder, 'in')}`, '--patients', patients(), '--lake', lake];
  await succeed(['run', ...source, ...engine]);
  return answerOf(lake);
}

function expectSame(answer: Answer): void {
  expect(answer.invariants.filter(({ ok }) => !ok)).toEqual([]);
  const { silver_hash, gold_hash, received } = expected;
  expect(answer).toMatchObject({ ok: true, silver_hash, gold_hash, received });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitals-same-'));
  await simulate(`file:${join(folder, 'in')}`);
  await writeFile(join(folder, 'in', 'huge.ndjson'), `${HUGE}\n`);
  expected = await answerOn('direct', ['--workers', '0']);
  if (!IN_BUCKET) return;
  if ('absent' in FAKE_GCS) throw new Error(FAKE_GCS.absent);
  bucket = await GcsServer.start();
  Object.assign(process.env, bucket.environment(join(folder, 'cache')));
}, LIMIT);

afterAll(async () => {
  await bucket?.stop();
  await rm(folder, { recursive: true, force: true });
});

test('the direct engine accounts for everything, with repeats and a message of ten megabytes among it', () => {
  expect(expected.ok).toBe(true);
  expect(expected.suppressed).toBeGreaterThan(0);
});

describeOn(PRISM, 'Prism', () => {
  test(
    'bounded jobs give the same silver and gold',
    async () => {
      const prism = await startPrism();
      try {
        // One worker: Prism drops late data in bounded jobs too, and what follows a shuffle of parts is late.
        const attach = ['--engine', 'flink', '--flink-job-server', prism.jobEndpoint, '--workers', '1'];
        expectSame(await answerOn('prism', [...attach, '--batch-messages', '4000']));
      } finally {
        await prism.stop();
      }
    },
    LIMIT,
  );
});

describeOn(FLINK, 'Flink in micro-batches', () => {
  test.each([
    ['embedded', ['--flink-cluster', 'embedded']],
    ['standalone', ['--flink-cluster', 'standalone', '--task-managers', '2']],
  ])(
    'the %s cluster gives the same silver and gold',
    async (name, cluster) => {
      expectSame(await answerOn(name, ['--engine', 'flink', ...cluster, '--batch-messages', '4000']));
    },
    LIMIT,
  );
});

describeOn(EMULATOR, 'Pub/Sub', () => {
  let emulator: Emulator;
  const subscription = (name: string) => `pubsub:projects/${PROJECT}/subscriptions/${name}`;

  beforeAll(async () => {
    emulator = await Emulator.start();
    for (const name of ['direct', 'flink']) {
      await succeed(['pubsub', 'setup', '--topic', TOPIC, '--subscription', subscription(name)]);
    }
    await simulate(TOPIC);
    const client = openPubSub(PROJECT);
    await client.topic('same').publishMessage({ data: Buffer.from(HUGE) });
    await client.close();
  }, LIMIT);

  afterAll(() => emulator.stop());

  test(
    'through the direct engine: the same silver and gold',
    async () => {
      const lake = lakeOf('pubsub-direct');
      const to = ['--patients', patients(), '--lake', lake];
      await succeed(['run', '--once', '--source', subscription('direct'), ...to]);
      expectSame(await answerOf(lake));
    },
    LIMIT,
  );

  describeOn(FLINK, 'on continuous Flink', () => {
    test(
      'until it is drained: the same silver and gold',
      async () => {
        const lake = lakeOf('pubsub-flink');
        const to = ['--patients', patients(), '--lake', lake];
        const run = startVitals([
          'run',
          '--engine',
          'flink',
          '--mode',
          'streaming',
          '--source',
          subscription('flink'),
          ...to,
        ]);
        let said = '';
        run.stderr?.on('data', (chunk) => (said += chunk));
        const ended = once(run, 'close') as Promise<[number | null]>;
        const all = `received ${expected.received.toLocaleString('en-US')} `;
        await waitFor(
          `everything is committed: ${said.slice(-500)}`,
          async () => said.includes(all) || run.exitCode !== null,
          {
            timeoutMillis: LIMIT,
          },
        );
        run.kill('SIGTERM');
        const [code] = await ended;
        if (code !== 0) throw new Error(`ended with ${code}: ${said.slice(-2_000)}`);
        expectSame(await answerOf(lake));
      },
      LIMIT,
    );
  });
});
