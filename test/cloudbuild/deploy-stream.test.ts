import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withFolder } from '../support/vitals.js';
import { COMMIT, DIGEST, PLACE, writeDigests, writeOutputs } from './release.js';
import { recordCalls, ROOT, runScript } from './run-script.js';

describe('deploy-cloud-run', () => {
  const deploy = async (folder: string, engine: string, outcome: string | null) => {
    writeDigests(folder, DIGEST);
    await runScript('record-digests.sh', { BUILD_FOLDER: folder, COMMIT });
    writeOutputs(folder, ['run', '--labels', 'a=b,c=d', '--worker-image', 'of another release']);
    expect((await runScript('stream-args.sh', { BUILD_FOLDER: folder })).code).toBe(0);
    if (outcome !== null) writeFileSync(join(folder, 'dataflow.outcome'), `${outcome}\n`);
    const env = { BUILD_FOLDER: folder, ENGINE: engine, PATH: recordCalls(folder, 'gcloud'), ...PLACE };
    expect((await runScript('deploy-cloud-run.sh', env)).code).toBe(0);
    return readFileSync(join(folder, 'gcloud.calls'), 'utf8')
      .trim()
      .split('\n')
      .map((call) => call.trim());
  };
  const PLACED = '--project demo-vitals --region europe-west4';
  const JOB = `run jobs update vitals-maintenance ${PLACED} --quiet --image ${DIGEST.vitals}`;
  const ARGS = `^;;^run;;--labels;;a=b,c=d;;--worker-image;;${DIGEST['vitals-worker']}`;
  const STREAM = `run worker-pools update vitals-stream ${PLACED} --quiet --image ${DIGEST.vitals} --instances 1 --args ${ARGS}`;

  test.each([
    ['the direct engine: stream and job get the image by its digest', 'direct', null, [STREAM, JOB]],
    [
      'an updated job: the committer gets the new image, because its end leaves the job alone',
      'dataflow',
      'updated',
      [STREAM, JOB],
    ],
    ['a new job: the committer follows it', 'dataflow', 'new', [STREAM, JOB]],
  ])('%s', async (_what, engine, outcome, calls) => {
    await withFolder(async (folder) => expect(await deploy(folder, engine, outcome)).toEqual(calls));
  });
});

describe('fetch-inputs', () => {
  test('fetches the key and what the stream has mounted, and nothing for the direct engine', async () => {
    await withFolder(async (folder) => {
      writeOutputs(folder, [
        'run',
        '--pseudonym-key-file',
        '/secrets/pseudonym/key',
        '--patients',
        '/inputs/in/p.ndjson',
      ]);
      const env = { BUILD_FOLDER: folder, DRY_RUN: '1', LAKE: 'gs://demo-lake/lake' };
      const { stdout } = await runScript('fetch-inputs.sh', { ...env, ENGINE: 'dataflow' });
      expect(stdout.replaceAll(folder, 'FOLDER').trim().split('\n')).toEqual([
        '+ gcloud secrets versions access 2 --secret=vitals-key --project=demo --out-file=FOLDER/key',
        '+ gcloud storage cp --recursive gs://demo-lake/in/p.ndjson FOLDER/inputs/in/',
      ]);
      expect((await runScript('fetch-inputs.sh', { ...env, ENGINE: 'direct' })).stdout).toBe(
        'engine direct: nothing to fetch\n',
      );
    });
  });

  test('what it fetches is where the command line of a submission looks for it', async () => {
    await withFolder(async (folder) => {
      writeOutputs(folder, ['--pseudonym-key-file', '/secrets/pseudonym/key', '--model', '/inputs/model']);
      const script = join(ROOT, 'scripts/ci/stream-args.mjs');
      const submit = [script, join(folder, 'vitals.outputs.json'), DIGEST['vitals-worker'], folder];
      expect(spawnSync(process.execPath, submit, { encoding: 'utf8' }).stdout).toBe(
        `--pseudonym-key-file\n${folder}/key\n--model\n${folder}/inputs/model\n`,
      );
    });
  });

  test.each([
    ['outputs of an environment without an image', 'null', /no image yet, and no stream/],
    ['an argument that cannot be passed on', '["a;;b"]', /stream_args holds "a;;b"/],
  ])('%s are refused', async (_what, value, said) => {
    await withFolder(async (folder) => {
      const outputs = join(folder, 'outputs.json');
      writeFileSync(outputs, `{"stream_args":{"value":${value}}}`);
      const script = join(ROOT, 'scripts/ci/stream-args.mjs');
      const { status, stderr } = spawnSync(process.execPath, [script, outputs, 'image'], { encoding: 'utf8' });
      expect([status, stderr]).toEqual([1, expect.stringMatching(said)]);
    });
  });
});
