import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { vitals } from '../../support/vitals.js';
import { cutConnections } from './cutting-proxy.js';
import { describeWithMlflow, installMlflow } from './installed.js';
import { OFFLINE, startMlflow, type MlflowServer } from './server.js';

const SCORE = fileURLToPath(new URL('./score.py', import.meta.url));
const ROWS = 400;
const run = promisify(execFile);

interface PushedModel {
  readonly run_id: string;
  readonly experiment_id: string;
  readonly model_id: string;
  readonly version: string;
  readonly created: readonly string[];
  readonly uploaded: readonly string[];
}

/** Whole numbers, decimals, cells that are missing, rows that have too few: from a fixed sequence. */
function csv(): string {
  let state = 8;
  const next = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const lines = Array.from({ length: ROWS }, (_, i) => {
    const cells = [60 + Math.floor(40 * next()), (36 + 2 * next()).toFixed(2), 90 + Math.floor(10 * next()), next()];
    const missing = i % 10 === 0 ? 1 : i % 37 === 1 ? 3 : 0;
    const shown = cells.map((cell, place) => (place > 0 && place <= missing ? '' : String(cell)));
    return [...shown, `p${i % 7}`, new Date(Date.UTC(2026, 10, 21) + 20_000 * i).toISOString()].join(',');
  });
  return ['heart_rate,temperature,spo2,x,patient_id,event_time', ...lines, ''].join('\n');
}

describeWithMlflow(installMlflow(), 'vitals model push to a real MLflow', (python) => {
  let folder: string;
  let server: MlflowServer;
  let data: string;
  let first: PushedModel;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vitals-mlflow-'));
    data = join(folder, 'vitals.csv');
    writeFileSync(data, csv());
    server = await startMlflow(python, folder);
    await train('one', '--trees', '20');
    await train('two', '--algorithm', 'autoencoder', '--updates', '50');
    await train('past', '--algorithm', 'lstm', '--updates', '5');
    writeFileSync(join(folder, 'report.md'), '# Evaluation\n');
    const report = ['--report', join(folder, 'report.md')];
    first = await push('one', '--alias', 'champion', ...report);
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function train(name: string, ...more: string[]): Promise<void> {
    const features = ['--features', 'heart_rate,temperature,spo2,x', '--out', join(folder, name)];
    const { code, stderr } = await vitals(['model', 'train', '--data', data, ...features, ...more]);
    if (code !== 0) throw new Error(stderr);
  }

  async function scores(name: string): Promise<readonly number[]> {
    const { stdout } = await vitals(['model', 'score', '--model', join(folder, name), '--data', data]);
    return stdout.trim().split('\n').map(Number);
  }

  const tryPush = (name: string, url: string, more: readonly string[] = []) =>
    vitals(['model', 'push', join(folder, name), '--to', `mlflow:${url}`, '--json', ...more]);

  async function push(name: string, ...more: string[]): Promise<PushedModel> {
    const { code, stdout, stderr } = await tryPush(name, server.url, more);
    if (code !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as PushedModel;
  }

  async function ask(path: string, body?: object): Promise<Readonly<Record<string, unknown>>> {
    const headers = { 'content-type': 'application/json' };
    const request = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body), headers };
    const answer = await fetch(`${server.url}/api/2.0/mlflow/${path}`, request);
    return (await answer.json()) as Readonly<Record<string, unknown>>;
  }

  const everyRun = async () =>
    (await ask('runs/search', { experiment_ids: [first.experiment_id] }))['runs'] as unknown[];
  const everyVersion = async () =>
    (await ask(`model-versions/search?${new URLSearchParams({ filter: "name = 'vitals-forest'" })}`))[
      'model_versions'
    ] as unknown[];

  test('makes a finished run with parameters, metrics, tags and artefacts, a version and its alias', async () => {
    expect(first).toMatchObject({ version: '1', created: ['run', 'version', 'alias'] });
    expect(first.uploaded).toContain('model/MLmodel');
    expect(first.uploaded).toContain('evaluation/report.md');
    const { run: found } = (await ask(`runs/get?run_id=${first.run_id}`)) as never as {
      run: { info: object; data: { params: object[]; metrics: object[]; tags: object[] } };
    };
    expect(found.info).toMatchObject({ status: 'FINISHED', run_name: first.model_id });
    expect(found.data.params).toContainEqual({ key: 'trees', value: '20' });
    expect(found.data.params).toContainEqual({ key: 'source', value: 'vitals.csv' });
    expect(found.data.metrics).toContainEqual(expect.objectContaining({ key: 'scores.p95' }));
    expect(found.data.tags).toContainEqual({ key: 'vitals.model_id', value: first.model_id });
    const { model_version } = await ask('registered-models/alias?name=vitals-forest&alias=champion');
    expect(model_version).toMatchObject({ version: '1', run_id: first.run_id, status: 'READY' });
  });

  test('a second push changes nothing and duplicates nothing', async () => {
    const again = await push('one', '--alias', 'champion');
    expect(again).toEqual({ ...first, created: [], uploaded: [] });
    expect(await everyRun()).toHaveLength(1);
    expect(await everyVersion()).toHaveLength(1);
    const history = await ask(`metrics/get-history?run_id=${first.run_id}&metric_key=scores.p95`);
    expect(history['metrics']).toHaveLength(1);
  });

  test('an artefact that was cut short on the server is mended by pushing again, and nothing else is sent', async () => {
    const found = readdirSync(server.artifacts, { recursive: true, encoding: 'utf8' });
    truncateSync(
      join(
        server.artifacts,
        found.find((path) => path.endsWith('weights.bin'))!,
      ),
      100,
    );
    expect(await push('one')).toMatchObject({
      run_id: first.run_id,
      created: [],
      uploaded: ['model/data/weights.bin'],
    });
  });

  test('a push whose connection breaks says so, and the next one goes on in the same run', async () => {
    const proxy = await cutConnections(server.url, /^PUT .*weights\.bin/, 300);
    const broken = await tryPush('two', proxy.url);
    await proxy.close();
    expect(proxy.cuts()).toBe(1);
    expect(broken).toMatchObject({ code: 1, stdout: '' });
    expect(broken.stderr).toMatch(/cannot upload .*weights\.bin: the connection broke.*push again/i);
    expect(await everyRun()).toHaveLength(2);
    expect(await everyVersion()).toHaveLength(1);
    const resumed = await push('two', '--alias', 'champion');
    expect(resumed).toMatchObject({ version: '1', created: ['version', 'alias'] });
    expect(resumed.uploaded).not.toContain('model/data/model.json');
    expect(await everyRun()).toHaveLength(2);
  });

  test('Python loads both kinds, by alias and by version, and scores as we do, missing values and rows without a score included', async () => {
    const uris = {
      'models:/vitals-forest@champion': 'one',
      'models:/vitals-forest/1': 'one',
      'models:/vitals-autoencoder@champion': 'two',
    };
    const env = { PATH: process.env['PATH'], HOME: folder, MLFLOW_TRACKING_URI: server.url, ...OFFLINE };
    const { stdout } = await run(python, [SCORE, data, ...Object.keys(uris)], { env });
    const lines = stdout.trim().split('\n').slice(-3);
    for (const [i, name] of Object.values(uris).entries()) {
      const expected = await scores(name);
      expect(expected).toHaveLength(ROWS);
      expect(expected.filter(Number.isNaN).length).toBeGreaterThan(5);
      const found = (JSON.parse(lines[i]!) as (number | null)[]).map((score) => score ?? NaN);
      expect(found.map(Number.isNaN)).toEqual(expected.map(Number.isNaN));
      const differences = found.map((score, row) => (Number.isNaN(score) ? 0 : Math.abs(score - expected[row]!)));
      expect(Math.max(...differences)).toBeLessThanOrEqual(1e-9);
    }
  });

  test('an experiment that was deleted is named, with what to do', async () => {
    const { experiment_id } = await ask('experiments/create', { name: 'gone' });
    await ask('experiments/delete', { experiment_id });
    const { code, stderr } = await tryPush('one', server.url, ['--experiment', 'gone']);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/--experiment: 'gone' is deleted.*[Rr]estore it/)]);
  });

  test('a model that the loader in Python cannot score is refused before anything is sent', async () => {
    const { code, stderr } = await tryPush('past', server.url);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/cannot score a model of kind 'lstm'.*forest or autoencoder/),
    ]);
    expect(await everyRun()).toHaveLength(2);
  });
});
