import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { runFlinkStreaming } from '../../../pipeline/engines/flink/streaming-engine.js';
import type { FlinkHandles } from '../../../pipeline/engines/flink/options.js';
import type { ContinuousOptions, ContinuousStatus } from '../../../pipeline/engines/streaming/run-continuous.js';
import { auditInProcess } from '../../support/audit.js';
import { hashesOf } from '../../pipeline/streaming/stream.js';
import { wire } from '../../support/wire-reading.js';
import { runMessages, SETTING } from '../../support/direct.js';
import { Emulator, EMULATOR } from '../pubsub/emulator.js';
import { describeOn, installEngine } from '../support/program.js';
import { waitFor } from '../support/wait-for.js';
import { openSubscription, type TestSubscription } from './subscription.js';

const FLINK = installEngine('flink');
const BOTH = 'absent' in FLINK ? FLINK : EMULATOR;

/** Processes that are killed in the middle of the stream; CI kills one. */
const KILLS = Number(process.env['VITALS_KILLS'] ?? 1);
const MESSAGES = Number(process.env['VITALS_MESSAGES'] ?? 2_000);

let emulator: Emulator;
let subscription: TestSubscription;
let folder = '';

beforeAll(async () => {
  if ('path' in BOTH) emulator = await Emulator.start();
});
afterAll(async () => await emulator?.stop());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vitals-flink-streaming-'));
  subscription = await openSubscription(`vitals-${folder.slice(-6).toLowerCase()}`);
});
afterEach(async () => {
  await subscription.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Twenty patients, a reading every ten seconds each: repeats, versions, tombstones, poison. */
const PAYLOADS = Array.from({ length: MESSAGES }, (_, i) => {
  const sequence = i % 7 === 0 ? Math.max(0, i - 40) : i;
  if (i % 97 === 5) return `{"patient_id":"P${i}"`;
  const status = i % 211 === 0 ? { status: 'entered-in-error' } : i % 53 === 0 ? { status: 'corrected' } : {};
  const spo2 = i % 61 === 0 ? { spo2: 80 } : {};
  return wire({ patient: `P${sequence % 20}`, sequence, seconds: (sequence / 2) | 0, ...spo2, ...status });
});

interface Run {
  readonly handles: () => FlinkHandles;
  readonly committed: () => number;
  readonly drain: () => Promise<ContinuousStatus>;
}

function startRun(lake: string): Run {
  const stop = new AbortController();
  let committed = 0;
  let handles: FlinkHandles | null = null;
  let failure: unknown = null;
  const options: ContinuousOptions = {
    lake,
    sourceUrl: subscription.url,
    stream: { job: 'vitals-test', earlyMillis: 1_000, latenessMillis: 3_600_000 },
    ...SETTING,
    limits: { messages: 20_000, bytes: 64 << 20 },
    batchMillis: 500,
    outOfOrdernessMillis: 30_000,
    indexKeys: 1_000_000,
    clock: Date.now,
    onStatus: ({ totals }) => (committed = totals.messages),
  };
  const flink = {
    cluster: { kind: 'embedded' },
    workers: 2,
    depth: 1,
    attempts: 1,
    logFolder: null,
    log: (event: string) => void (process.env['VITALS_LOG'] && process.stderr.write(`${event}\n`)),
    onOpen: (opened: FlinkHandles) => void (handles = opened),
  } as const;
  const ended = runFlinkStreaming(options, flink, stop.signal);
  ended.catch((error: unknown) => (failure = error));
  return {
    handles: () => handles as FlinkHandles,
    committed: () => {
      if (failure !== null) throw failure;
      return committed;
    },
    drain: () => {
      stop.abort();
      return ended;
    },
  };
}

async function expectSameAsDirect(lake: string): Promise<void> {
  const direct = join(folder, 'direct');
  await runMessages(direct, PAYLOADS);
  expect(await hashesOf(lake)).toEqual(await hashesOf(direct));
  expect((await auditInProcess(lake)).invariants.filter(({ ok }) => !ok)).toEqual([]);
}

/** Flink comes up in seconds on a quiet machine, in minutes on a crowded one. */
const PATIENTLY = { timeoutMillis: 300_000, everyMillis: 100 };
const TIMEOUT_MILLIS = 700_000;

describeOn(BOTH, 'continuous Flink over Pub/Sub', () => {
  test(
    'commits while it runs what the direct engine would, and drains on the signal',
    async () => {
      const lake = join(folder, 'lake');
      await subscription.publish(PAYLOADS.slice(0, MESSAGES / 2));
      const run = startRun(lake);
      await waitFor('half of the messages are committed', () => run.committed() >= MESSAGES / 2, PATIENTLY);
      await subscription.publish(PAYLOADS.slice(MESSAGES / 2));
      await waitFor('all messages are committed', () => run.committed() >= MESSAGES, PATIENTLY);
      const status = await run.drain();
      await expectSameAsDirect(lake);
      expect(status.totals.messages).toBe(MESSAGES);
      // The runner did the work, and not the committer in its place.
      expect(status.feed.ranHere).toBeLessThan(MESSAGES / 10);
    },
    TIMEOUT_MILLIS,
  );

  test(
    `ends with the same lake when ${KILLS} of its processes are killed on the way`,
    async () => {
      const lake = join(folder, 'lake');
      const run = startRun(lake);
      const part = Math.ceil(MESSAGES / (KILLS + 1));
      for (let kill = 0; kill <= KILLS; kill += 1) {
        await subscription.publish(PAYLOADS.slice(kill * part, (kill + 1) * part));
        await waitFor('the stream moves', () => run.committed() > kill * part, PATIENTLY);
        if (kill === KILLS) break;
        // Workers and the cluster in turn.
        const [worker] = run.handles().workerPids();
        const pid = kill % 2 === 0 ? worker : (await run.handles().pids())['job server'];
        process.kill(pid as number, 'SIGKILL');
      }
      await waitFor('all messages are committed', () => run.committed() >= MESSAGES, PATIENTLY);
      await run.drain();
      await expectSameAsDirect(lake);
    },
    TIMEOUT_MILLIS,
  );
});
