import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IMAGE, SUBSCRIPTION } from '../pipeline/dataflow/a-submission.js';
import { FakeGoogle } from '../pipeline/dataflow/fake/fake-google.js';
import { runScript } from './run-script.js';

let google: FakeGoogle;
let folder: string;

beforeEach(async () => {
  google = await FakeGoogle.open();
  folder = mkdtempSync(join(tmpdir(), 'vitals-deploy-'));
  release('ab');
  outputs();
});

afterEach(async () => {
  rmSync(folder, { recursive: true });
  await google.close();
});

/** What the build on main has left, with an image of its own for each commit. */
function release(digest: string): void {
  const worker = IMAGE.replace('/worker@', '/vitals-worker@').replaceAll('ab', digest);
  const text = `{\n  "images": {\n    "vitals": "${worker}",\n    "vitals-worker": "${worker}"\n  }\n}\n`;
  writeFileSync(join(folder, 'image-digests.json'), text);
}

/** What Terraform has left: the command line of the stream, with the image of the first apply. */
function outputs(...more: string[]): void {
  const args = [
    ['run', '--engine', 'dataflow', '--source', `pubsub:${SUBSCRIPTION}`, '--lake', 'gs://demo-vitals-lake/lake'],
    ['--project', 'demo-vitals', '--region', 'europe-west1', '--temp-location', 'gs://demo-vitals-df/temp'],
    ['--max-workers', '3', '--worker-image', 'of the first apply', '--patients', '/inputs/patients.ndjson'],
  ];
  const stream_args = { sensitive: false, type: ['list', 'string'], value: [...args.flat(), ...more] };
  writeFileSync(join(folder, 'vitals.outputs.json'), JSON.stringify({ stream_args }, null, 2));
  mkdirSync(join(folder, 'inputs'));
  writeFileSync(join(folder, 'inputs/patients.ndjson'), '');
}

/** The real scripts and the real `vitals`, against the strict stand-in for the service. */
function run(script: string, changes: NodeJS.ProcessEnv = {}) {
  return runScript(script, {
    BUILD_FOLDER: folder,
    ENGINE: 'dataflow',
    PROJECT: 'demo-vitals',
    REGION: 'europe-west1',
    POLL_SECONDS: '0.01',
    DATAFLOW_ENDPOINT: google.url,
    STORAGE_EMULATOR_HOST: google.url,
    ...changes,
  });
}

const outcome = () => readFileSync(join(folder, 'dataflow.outcome'), 'utf8').trim();
const stepsOf = (at: number) => google.dataflow.jobs[at]!.steps as string[];
const states = () => google.dataflow.jobs.map(({ currentState }) => currentState.replace('JOB_STATE_', ''));

describe('a deploy on Dataflow', () => {
  test('starts a job where none runs, replaces one that an update does not fit, and updates one that it does', async () => {
    expect(await run('deploy-dataflow.sh')).toMatchObject({ code: 0 });
    expect([outcome(), states()]).toEqual(['new', ['RUNNING']]);
    expect(await run('replace-dataflow.sh')).toMatchObject({ code: 0, stdout: 'dataflow: new; nothing to replace\n' });

    // The old one goes on until it is drained.
    stepsOf(0).push('A step that is gone');
    release('cd');
    const unfit = await run('deploy-dataflow.sh');
    expect(unfit).toMatchObject({ code: 0 });
    expect(unfit.stderr).toContain('missing steps A step that is gone');
    expect([outcome(), states()]).toEqual(['incompatible', ['RUNNING', 'FAILED']]);
    expect(await run('replace-dataflow.sh')).toMatchObject({ code: 0 });
    expect([outcome(), states()]).toEqual(['new', ['DRAINED', 'FAILED', 'RUNNING']]);

    stepsOf(2).push('Another that is gone');
    release('ef');
    const mapping = { NAME_MAPPING: '{"Another that is gone":""}' };
    expect(await run('deploy-dataflow.sh', mapping)).toMatchObject({ code: 0 });
    const after = ['updated', ['DRAINED', 'FAILED', 'UPDATED', 'RUNNING']];
    expect([outcome(), states()]).toEqual(after);

    // Run again, it finds what it has done.
    expect((await run('deploy-dataflow.sh', mapping)).stderr).toContain('is this very job, submitted before');
    expect([outcome(), states()]).toEqual(after);
    expect((await run('smoke.sh', { LAKE: join(folder, 'lake') })).stdout).toMatch(/-0004 runs\n$/);
  }, 180_000);

  test('what cannot be right changes nothing', async () => {
    rmSync(join(folder, 'inputs/patients.ndjson'));
    const bad = await run('deploy-dataflow.sh');
    expect(bad).toMatchObject({ code: 1 });
    expect(bad.stderr).toMatch(/patients\.ndjson/);
    expect(google.seen.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  test('a dry run prints the request and asks nothing', async () => {
    const { code, stdout } = await run('deploy-dataflow.sh', { DRY_RUN: '1' });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ name: 'vitals', type: 'JOB_TYPE_STREAMING' });
    expect(stdout).toContain(`vitals-worker@sha256:${'ab'.repeat(32)}`);
    expect(google.seen).toEqual([]);
  });

  test('with the direct engine there is nothing to do', async () => {
    expect(await run('deploy-dataflow.sh', { ENGINE: 'direct' })).toMatchObject({
      code: 0,
      stdout: 'engine direct: no job on Dataflow\n',
    });
    expect(google.seen).toEqual([]);
  });
});
