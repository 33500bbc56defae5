import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished, startVitals, vitals } from '../../support/vitals.js';
import { describeOn } from '../support/program.js';
import { waitFor } from '../support/wait-for.js';
import { FAKE_GCS, GcsServer } from './server.js';

/** SIGKILLs in all. CI runs a few; `GCS_KILLS=50 npm run test:engines -- gcs` runs more. */
const KILLS = Number(process.env['GCS_KILLS'] ?? 2);
const SEED = Number(process.env['GCS_SEED'] ?? 20261121);
const PATIENTS = process.env['GCS_PATIENTS'] ?? '30';

interface Audit {
  readonly ok: boolean;
  readonly silver_hash: string;
  readonly gold_hash: string;
  readonly received: number;
}

describeOn(FAKE_GCS, `a lake in a bucket (seed ${SEED})`, () => {
  let server: GcsServer;
  let folder: string;
  let environment: NodeJS.ProcessEnv;
  let onDisk: Audit;

  const bucket = (name: string) => `gs://${GcsServer.bucket}/${name}`;
  const run = (lake: string, messages = 400) => [
    ...['run', '--once', '--source', `file:${join(folder, 'landing')}`, '--lake', lake],
    ...['--patients', join(folder, 'patients.ndjson'), '--batch-messages', String(messages), '--workers', '1'],
  ];
  const start = (args: readonly string[]) => {
    const child = startVitals(args, environment);
    child.stdin?.end();
    return child;
  };
  const does = (args: readonly string[]) => vitals(args, undefined, environment);
  const audit = async (lake: string) => JSON.parse((await does(['audit', '--json', '--lake', lake])).stdout) as Audit;

  beforeAll(async () => {
    server = await GcsServer.start();
    folder = mkdtempSync(join(tmpdir(), 'vitals-gcs-lake-'));
    environment = server.environment(join(folder, 'cache'));
    mkdirSync(join(folder, 'landing'));
    const simulated = await does([
      ...[
        'simulate',
        '--patients',
        PATIENTS,
        '--interval',
        '60',
        '--seed',
        'gcs',
        '--sink',
        `file:${join(folder, 'landing')}`,
      ],
      ...['--from', '2026-11-21T00:00:00Z', '--to', '2026-11-21T01:00:00Z'],
      ...['--late', '0.02', '--duplicate', '0.02', '--malformed', '0.02'],
      ...['--patients-out', join(folder, 'patients.ndjson')],
    ]);
    expect(simulated.code).toBe(0);
    expect(await does(run(join(folder, 'disk')))).toMatchObject({ code: 0 });
    onDisk = await audit(join(folder, 'disk'));
    expect(onDisk.ok).toBe(true);
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('has the same silver and gold as one on disk, and its audit is green', async () => {
    expect(await does(run(bucket('hour')))).toMatchObject({ code: 0 });
    const found = await audit(bucket('hour'));
    expect(found).toMatchObject({ ok: true, received: onDisk.received });
    expect([found.silver_hash, found.gold_hash]).toEqual([onDisk.silver_hash, onDisk.gold_hash]);
  });

  test('is queried over copies of the tables that the query names, which may be deleted', async () => {
    const cache = join(folder, 'query-cache');
    const sql = 'SELECT sum(n)::INTEGER AS n FROM gold.ward_alert_counts';
    const ask = () => vitals(['query', '--json', '--lake', bucket('hour'), sql], undefined, server.environment(cache));
    const first = await ask();
    expect(first).toMatchObject({ code: 0 });
    expect(Number((JSON.parse(first.stdout) as { n: number }).n)).toBeGreaterThan(0);
    const copied = readdirSync(cache, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.parquet'),
    );
    expect(copied.length).toBeGreaterThan(0);
    expect(copied.length).toBeLessThan(5);
    rmSync(cache, { recursive: true });
    expect((await ask()).stdout).toBe(first.stdout);
  });

  test('is found sound by the doctor, who names what is wrong with a bucket that is not there', async () => {
    expect((await does(['doctor', '--lake', bucket('hour')])).stdout).toMatch(
      /ok +lake bucket .*listed, written, read and deleted/,
    );
    const absent = await does(['doctor', '--lake', 'gs://no-such-bucket/lake']);
    expect(absent.code).toBe(1);
    expect(absent.stdout).toMatch(/error +lake bucket .*there is no bucket no-such-bucket/);
  });

  test(
    `a run that is killed ${KILLS} times goes on where it was, and ends with the same silver and gold`,
    async () => {
      const random = randomOf(SEED);
      let kills = 0;
      for (let done = false; !done;) {
        const child = start(run(bucket('killed'), 150));
        const timer = kills < KILLS ? setTimeout(() => child.kill('SIGKILL'), random() * 4_000) : undefined;
        const end = await finished(child);
        clearTimeout(timer);
        done = end.signal !== 'SIGKILL';
        if (done) expect(end).toMatchObject({ code: 0 });
        else kills += 1;
      }
      expect(await audit(bucket('killed'))).toMatchObject({
        ok: true,
        silver_hash: onDisk.silver_hash,
        gold_hash: onDisk.gold_hash,
      });
    },
    120_000 + KILLS * 30_000,
  );

  test('a storage that goes away for a while stops nothing', async () => {
    const child = start(run(bucket('outage'), 150));
    const end = finished(child);
    await waitFor('something is committed', async () => (await listed('outage/batches/')) > 0, {
      timeoutMillis: 60_000,
    });
    await server.kill();
    await server.restart();
    expect(await end).toMatchObject({ code: 0 });
    expect(await audit(bucket('outage'))).toMatchObject({
      ok: true,
      silver_hash: onDisk.silver_hash,
      gold_hash: onDisk.gold_hash,
    });
  });

  test('of two writers one writes; the other is told who does, and takes over when that one is gone', async () => {
    const live = run(bucket('two')).filter((argument) => argument !== '--once');
    const first = start(live);
    const firstEnd = finished(first);
    await waitFor('the first one holds the lake', async () => (await listed('two/_writer.lock/')) > 0, {
      timeoutMillis: 60_000,
    });
    const second = await does(run(bucket('two')));
    expect(second.code).toBe(1);
    expect(second.stderr).toContain(`is being written by process ${first.pid} on ${hostname()}`);
    first.kill('SIGKILL');
    await firstEnd;
    expect(await does(run(bucket('two')))).toMatchObject({ code: 0 });
    expect(await audit(bucket('two'))).toMatchObject({
      ok: true,
      silver_hash: onDisk.silver_hash,
      gold_hash: onDisk.gold_hash,
    });
  });

  async function listed(prefix: string): Promise<number> {
    const response = await fetch(`${server.endpoint}/storage/v1/b/${GcsServer.bucket}/o?prefix=${prefix}`);
    return ((await response.json()) as { items?: readonly unknown[] }).items?.length ?? 0;
  }
});

/** A small generator of its own, so that a failure can be repeated with its seed. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
