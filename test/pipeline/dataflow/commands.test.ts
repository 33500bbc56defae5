import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import yargs from 'yargs';
import { cancelCommand } from '../../../cli/commands/cancel.js';
import { drainCommand } from '../../../cli/commands/drain.js';
import { withDataflowFlags } from '../../../cli/dataflow/flags.js';
import type { DataflowArguments } from '../../../cli/dataflow/plan.js';
import { runDataflow } from '../../../cli/dataflow/run-dataflow.js';
import { withRunFlags } from '../../../cli/run-flags.js';
import { IMAGE, SUBSCRIPTION } from './a-submission.js';
import { FakeGoogle } from './fake/fake-google.js';
import { faultsOf } from './fake/parse-strictly.js';

let google: FakeGoogle;
let folder: string;
let out: string;
let err: string;
const NEVER = new AbortController().signal;

beforeEach(async () => {
  google = await FakeGoogle.open();
  process.env['STORAGE_EMULATOR_HOST'] = google.url;
  folder = mkdtempSync(join(tmpdir(), 'vitals-dataflow-'));
  out = err = '';
});

afterEach(async () => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
  await google.close();
});

/** Runs a command and gathers what it prints; only so long, because the test runner writes to the same streams. */
async function captured<T>(command: () => Promise<T>): Promise<T> {
  const stdout = jest.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((out += String(text))));
  const stderr = jest.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((err += String(text))));
  try {
    return await command();
  } finally {
    stdout.mockRestore();
    stderr.mockRestore();
  }
}

const runCaptured = (args: DataflowArguments) => captured(() => runDataflow(args, NEVER));

const GOOD: Readonly<Record<string, string>> = {
  source: `pubsub:${SUBSCRIPTION}`,
  lake: 'gs://demo-vitals-lake/lake',
  project: 'demo-vitals',
  region: 'europe-west1',
  'temp-location': 'gs://demo-vitals-df/temp',
  'worker-image': IMAGE,
  'max-workers': '3',
};

/** Parses a command line of `vitals run --engine dataflow`; a flag that is null is left out. */
function parse(changes: Readonly<Record<string, string | null>> = {}, ...more: string[]): Promise<DataflowArguments> {
  const flags = Object.entries({ ...GOOD, ...changes }).flatMap(([name, value]) =>
    value === null ? [] : [`--${name}=${value}`],
  );
  return withDataflowFlags(withRunFlags(yargs([...flags, `--dataflow-endpoint=${google.url}`, ...more])))
    .option('source', { type: 'string', demandOption: true })
    .option('once', { type: 'boolean', default: false })
    .strict()
    .exitProcess(false)
    .parseAsync() as Promise<DataflowArguments>;
}

describe('vitals run --engine dataflow --dry-run', () => {
  test('prints a request that the service would parse, with image, cap and steps, and touches no network', async () => {
    jest.spyOn(globalThis, 'fetch').mockImplementation(() => {
      throw new Error('a dry run asked the network');
    });
    await runCaptured(await parse({}, '--dry-run', '--labels', 'app=vitals', 'team=icu'));
    const request = JSON.parse(out) as { labels: object };
    expect(faultsOf(request)).toEqual([]);
    expect(request.labels).toEqual({ app: 'vitals', team: 'icu' });
    expect(out).toContain(IMAGE);
    expect(err).toMatch(/workers {3}1 to 3 of .*private addresses/);
    expect(err).toMatch(/pipeline {2}\d+ bytes, sha256 [0-9a-f]{64}/);
    expect(err).toContain('  Deduplicate/Group/By key\n');
    expect(google.seen).toEqual([]);
  });

  test('the same command prints the same request', async () => {
    await runCaptured(await parse({}, '--dry-run'));
    const first = out;
    out = '';
    await runCaptured(await parse({}, '--dry-run'));
    expect(out).toBe(first);
  });

  test('says what an update would replace and rename', async () => {
    const mapping = join(folder, 'mapping.json');
    writeFileSync(mapping, '{"Parse": "Decode"}');
    await runCaptured(await parse({ 'transform-name-mapping': mapping }, '--dry-run', '--update'));
    expect(JSON.parse(out)).toMatchObject({
      transformNameMapping: { Parse: 'Decode' },
      replaceJobId: expect.any(String),
    });
  });

  test('workers learn where to fetch patients and key, and the key itself is nowhere in the request', async () => {
    const [key, patients] = [join(folder, 'key'), join(folder, 'patients.ndjson')];
    writeFileSync(key, 'a key that nobody may see');
    writeFileSync(patients, '');
    const secret = 'projects/demo-vitals/secrets/pseudonym/versions/3';
    await runCaptured(
      await parse({ 'pseudonym-key-file': key, 'pseudonym-key-secret': secret, patients }, '--dry-run'),
    );
    expect(out).toContain(secret);
    expect(out).toMatch(/gs:\/\/demo-vitals-df\/temp\/staging\/resources\/[0-9a-f]{64}-patients\.ndjson/);
    expect(out).not.toContain('nobody may see');
  });

  const refused: readonly [flag: string, changes: Record<string, string | null>, message: RegExp, more?: string][] = [
    ['--project', { project: null }, /a job on Dataflow needs it\. Name the Google Cloud project/],
    ['--region', { region: 'europe-west1-b' }, /europe-west1-b is not a region/],
    ['--temp-location', { 'temp-location': null }, /needs it/],
    ['--worker-image', { 'worker-image': null }, /needs it/],
    [
      '--worker-image',
      { 'worker-image': 'worker:latest' },
      /worker:latest is not an image by digest.*a tag may be another/,
    ],
    ['--max-workers', { 'max-workers': null }, /needs it\. Say how many workers/],
    ['--max-workers', { 'max-workers': 'many' }, /NaN is not a number of workers/],
    ['--num-workers', { 'num-workers': '9' }, /up to --max-workers 3/],
    ['--lake', { lake: '.vitals/lake' }, /\.vitals\/lake is on this machine/],
    ['--source', { source: 'file:landing' }, /file:landing/],
    ['--source', { source: 'pubsub:projects/demo-vitals/topics/vitals' }, /topics/],
    ['--once', {}, /does not come to an end/, '--once'],
    ['--transform-name-mapping', { 'transform-name-mapping': '{"A":"Decode"}' }, /Give --update as well/],
    ['--transform-name-mapping', { 'transform-name-mapping': '{"A":"Nowhere"}' }, /no step of this graph/, '--update'],
    ['--transform-name-mapping', { 'transform-name-mapping': '{"A":' }, /cannot be read/, '--update'],
    ['--transform-name-mapping', { 'transform-name-mapping': 'missing.json' }, /ENOENT/, '--update'],
    ['--labels', {}, /App=vitals is no label/, '--labels=App=vitals'],
    [
      '--pseudonym-key-secret',
      { 'pseudonym-key-secret': 'projects/p/secrets/s/versions/1' },
      /without --pseudonym-key-file/,
    ],
  ];
  test.each(refused.map(([flag, changes, message, more = '']) => [flag, changes, message, more] as const))(
    '%s that cannot be right is refused: %j',
    async (flag, changes, message, more) => {
      const args = await parse(changes, '--dry-run', ...(more === '' ? [] : [more]));
      const running = runCaptured(args);
      await expect(running).rejects.toMatchObject({ name: 'ConfigurationError', subject: flag });
      await expect(running).rejects.toThrow(message);
      expect([out, google.seen]).toEqual(['', []]);
    },
  );

  test.each([
    ['without a secret', null, /Name the version of the secret/],
    ['with the latest version', 'projects/p/secrets/s/versions/latest', /is not the version of a secret/],
  ])('a pseudonym key of one’s own %s is refused', async (_what, secret, message) => {
    const key = join(folder, 'key');
    writeFileSync(key, 'a key that nobody may see');
    const args = await parse({ 'pseudonym-key-file': key, 'pseudonym-key-secret': secret }, '--dry-run');
    await expect(runCaptured(args)).rejects.toThrow(message);
  });
});

describe('vitals run --engine dataflow --detach', () => {
  test('submits, prints the id, and leaves the job to run', async () => {
    await runCaptured(await parse({}, '--detach'));
    const [job] = google.dataflow.jobs;
    expect(out).toBe(`${job?.id}\n`);
    expect(err).toContain(`${job?.id}  was created`);
    out = err = '';
    await runCaptured(await parse({}, '--detach', '--json'));
    expect(JSON.parse(out)).toEqual({ job: job?.id });
    expect(err).toContain('is this very job, submitted before');
    expect(google.seen.some(({ authorized }) => authorized)).toBe(false);
  });

  test('stages the patients before the job that needs them', async () => {
    const patients = join(folder, 'patients.ndjson');
    writeFileSync(patients, '');
    await runCaptured(await parse({ patients }, '--detach'));
    const uploads = google.seen.flatMap(({ method, path }, at) =>
      path.startsWith('/upload') && method === 'POST' ? [at] : [],
    );
    expect(uploads).toHaveLength(2);
    expect(Math.max(...uploads)).toBeLessThan(
      google.seen.findIndex(({ method, path }) => method === 'POST' && path.endsWith('/jobs')),
    );
  });
});

describe('vitals drain and vitals cancel', () => {
  const place = ['--project=demo-vitals', '--region=europe-west1'];
  const drain = (...args: string[]) => run(drainCommand as never, 'drain', args);
  const cancel = (...args: string[]) => run(cancelCommand as never, 'cancel', args);
  const run = (command: never, verb: string, args: string[]) =>
    captured(async () =>
      yargs([verb, ...args, `--dataflow-endpoint=${google.url}`])
        .command(command)
        .exitProcess(false)
        .fail((message, error) => {
          throw error ?? new Error(message);
        })
        .parseAsync(),
    );

  const running = async () => {
    await runCaptured(await parse({}, '--detach'));
    const [job] = google.dataflow.jobs;
    if (!job) throw new Error('the fake has no job');
    job.currentState = 'JOB_STATE_RUNNING';
    job.script = [];
    out = err = '';
    return job;
  };

  test('drain follows the job by its name until it has drained, showing states with its id', async () => {
    const { id } = await running();
    await drain('vitals', ...place);
    expect(out).toBe(`${id} is drained\n`);
    expect(err).toContain(`${id}  is draining\n`);
  });

  test('drain --no-wait only asks', async () => {
    const { id } = await running();
    await drain(id, ...place, '--no-wait', '--json');
    expect(JSON.parse(out)).toEqual({ job: id, state: 'draining' });
  });

  test('cancel ends the job', async () => {
    const { id } = await running();
    await cancel(id, ...place, '--json');
    expect(JSON.parse(out)).toEqual({ job: id, state: 'cancelled' });
  });

  test('a drain that ends in a failure fails with the reason of the job', async () => {
    const job = await running();
    google.dataflow.say(job, 'JOB_MESSAGE_ERROR', 'A work item was attempted 4 times without success.');
    job.script = ['JOB_STATE_RUNNING'];
    const put = google.dataflow.handle.bind(google.dataflow);
    google.dataflow.handle = (method, url, body) => {
      const answer = put(method, url, body);
      if (method === 'PUT') job.script = ['JOB_STATE_DRAINING', 'JOB_STATE_FAILED'];
      return answer;
    };
    await expect(drain(job.id, ...place)).rejects.toThrow(/is failed: A work item was attempted 4 times/);
  });

  test.each([
    [['vitals', '--region=europe-west1'], /--project: .*needs it/],
    [['vitals', '--project=demo-vitals', '--region=Europe'], /--region: Europe is not a region/],
    [['nobody', ...place], /JOB: there is no active job nobody/],
  ])('bad arguments are refused: %j', async (args, message) => {
    await expect(drain(...args)).rejects.toThrow(message);
  });
});
