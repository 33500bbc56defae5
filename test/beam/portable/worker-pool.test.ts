import { afterEach, describe, expect, test } from '@jest/globals';
import type * as FnApiClient from 'apache-beam/proto/beam_fn_api.grpc-client';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  openWorkerPool,
  type WorkerEvent,
  type WorkerPool,
  type WorkerPoolOptions,
} from '../../../beam/portable/index.js';
import { fnApi, grpc } from '../../../beam/portable/internals.js';
import { internal } from '../../../beam/sdk-internals.js';
import { serveFakeRunner, type FakeRunner } from './fake-runner.js';

const { BeamFnExternalWorkerPoolClient } = internal<typeof FnApiClient>('proto/beam_fn_api.grpc-client');
const SETUP = fileURLToPath(new URL('./set-up.mjs', import.meta.url));

let pool: WorkerPool | undefined;
let runner: FakeRunner | undefined;
const events: WorkerEvent[] = [];
afterEach(async () => {
  await pool?.close();
  runner?.close();
  pool = undefined;
  events.length = 0;
});

async function open(options: Partial<WorkerPoolOptions> = {}): Promise<WorkerPool> {
  pool = await openWorkerPool({
    spares: 1,
    setup: { module: SETUP, argument: null },
    onEvent: (event) => events.push(event),
    ...options,
  });
  return pool;
}

/** Asks the pool for a worker, or for its end, as a runner does. @returns the error that the pool answers, empty for none */
async function ask(call: 'startWorker' | 'stopWorker', workerId: string): Promise<string> {
  const client = new BeamFnExternalWorkerPoolClient(pool?.address ?? '', grpc.credentials.createInsecure(), {}, {});
  const url = runner?.endpoint ?? '';
  try {
    return await new Promise((resolve, reject) => {
      const done = (error: unknown, answer?: { error: string }) =>
        error ? reject(error) : resolve(answer?.error ?? '');
      if (call === 'stopWorker') client.stopWorker(fnApi.StopWorkerRequest.create({ workerId }), done);
      else client.startWorker(fnApi.StartWorkerRequest.create({ workerId, controlEndpoint: { url } }), done);
    });
  } finally {
    client.close();
  }
}

async function until(holds: () => boolean): Promise<void> {
  for (const deadline = performance.now() + 20_000; !holds(); await delay(10)) {
    if (performance.now() > deadline) throw new Error('it is still not so');
  }
}

describe('the pool of worker processes', () => {
  test('hands a process that waits to a runner that asks, and keeps another ready', async () => {
    runner = await serveFakeRunner();
    const { workers } = await open();
    const [spare] = workers();
    expect(spare?.id).toBeNull();
    expect(await ask('startWorker', 'w1')).toBe('');
    await runner.connected('w1');
    expect(events[0]).toEqual({ kind: 'started', pid: spare?.pid, id: 'w1' });
    await until(() => workers().some(({ id }) => id === null));
  });

  test('starts a process when none waits', async () => {
    runner = await serveFakeRunner();
    await open();
    expect(await Promise.all([ask('startWorker', 'w1'), ask('startWorker', 'w2')])).toEqual(['', '']);
    await runner.connected('w1', 'w2');
    const started = events.filter(({ kind }) => kind === 'started');
    expect(new Set(started.map(({ pid }) => pid)).size).toBe(2);
  });

  test('ends the process of a worker that its runner stops', async () => {
    runner = await serveFakeRunner();
    await open();
    await ask('startWorker', 'w1');
    await runner.connected('w1');
    await ask('stopWorker', 'w1');
    await until(() => events.some(({ kind }) => kind === 'ended'));
    expect(events.at(-1)).toMatchObject({ kind: 'ended', id: 'w1' });
  });

  test('ends a worker with its runner', async () => {
    runner = await serveFakeRunner();
    await open();
    await ask('startWorker', 'w1');
    await runner.connected('w1');
    runner.endControl();
    await until(() => events.some(({ kind }) => kind === 'ended'));
    expect(events.at(-1)).toMatchObject({ kind: 'ended', id: 'w1', code: 0 });
  });

  test('goes on when a process is killed, working or waiting', async () => {
    runner = await serveFakeRunner();
    const { workers } = await open();
    await ask('startWorker', 'w1');
    await runner.connected('w1');
    await until(() => workers().length === 2);
    for (const { pid } of workers()) process.kill(pid, 'SIGKILL');
    await until(() => events.filter(({ kind }) => kind === 'ended').length === 2);
    expect(await ask('startWorker', 'w2')).toBe('');
    await runner.connected('w2');
  });

  test('does not open when a process cannot be set up, and says why', async () => {
    await expect(open({ setup: { module: SETUP, argument: { fail: 'at setup' } } })).rejects.toThrow(/at setup/);
    await expect(open({ setup: { module: 'vitals-lakehouse/absent', argument: null } })).rejects.toThrow(
      /cannot load the module vitals-lakehouse\/absent/,
    );
  });

  test('does not open without a module to load', async () => {
    const { openWorkerPool: openPool } = await import('../../../beam/portable/index.js');
    await expect(openPool({ spares: 1 })).rejects.toThrow(/no modules to load/);
  });

  test('leaves no process behind when it closes', async () => {
    const { workers, close } = await open({ spares: 2 });
    const pids = workers().map(({ pid }) => pid);
    expect(pids).toHaveLength(2);
    await close();
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
  });
});
