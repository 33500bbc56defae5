import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DataflowClient } from '../../../pipeline/engines/dataflow/dataflow-client.js';
import { stateName } from '../../../pipeline/engines/dataflow/job.js';
import { follow, openStreamingJob } from '../../../pipeline/engines/dataflow/streaming-job.js';
import { findJob, stopJob } from '../../../pipeline/engines/dataflow/stop-job.js';
import { submitJob } from '../../../pipeline/engines/dataflow/submit.js';
import type { Watch } from '../../../pipeline/engines/dataflow/watch-job.js';
import { watchJob } from '../../../pipeline/engines/dataflow/watch-job.js';
import { continuousPipeline, namedPipeline, someOptions } from './a-submission.js';
import { FakeGoogle } from './fake/fake-google.js';
import { refusal } from './fake/fake-storage.js';

let google: FakeGoogle;
let client: DataflowClient;
let watch: Watch;
let shown: string[];
let pauses: number[];
let enough: AbortController;

beforeEach(async () => {
  google = await FakeGoogle.open();
  process.env['STORAGE_EMULATOR_HOST'] = google.url;
  client = new DataflowClient(google.url, someOptions(), { authorize: async () => ({}), sleep: async () => {} });
  shown = [];
  pauses = [];
  enough = new AbortController();
  watch = {
    onState: (job) => shown.push(stateName(job)),
    onMessage: ({ messageText }) => shown.push(messageText),
    sleep: async (milliseconds) => void pauses.push(milliseconds),
    signal: enough.signal,
  };
});

afterEach(() => google.close());

const someJob = async () => {
  const { job } = await submitJob(someOptions(), await continuousPipeline(), { kind: 'new' }, client);
  const fake = google.dataflow.jobs.at(-1);
  if (!fake) throw new Error('the fake has no job');
  fake.messages = [];
  return { job, fake };
};

describe('following a job', () => {
  test('shows each state and message once, in turn, until it has ended', async () => {
    const { job, fake } = await someJob();
    fake.script = [
      'JOB_STATE_PENDING',
      'JOB_STATE_RUNNING',
      'JOB_STATE_RUNNING',
      'JOB_STATE_DRAINING',
      'JOB_STATE_DRAINED',
    ];
    google.dataflow.say(fake, 'JOB_MESSAGE_BASIC', 'one');
    google.dataflow.say(fake, 'JOB_MESSAGE_DEBUG', 'not for people');
    google.dataflow.say(fake, 'JOB_MESSAGE_WARNING', 'two');
    const last = await watchJob(client, job.id, watch);
    expect(stateName(last)).toBe('drained');
    expect(shown).toEqual(['one', 'two', 'pending', 'running', 'draining', 'drained']);
  });

  test('messages of the same moment that come later are shown too', async () => {
    const { job, fake } = await someJob();
    fake.script = ['JOB_STATE_RUNNING', 'JOB_STATE_DONE'];
    google.dataflow.say(fake, 'JOB_MESSAGE_BASIC', 'one');
    const [one] = fake.messages;
    const late = { ...watch, sleep: async () => void fake.messages.push({ ...one!, id: 'late', messageText: 'late' }) };
    await watchJob(client, job.id, late);
    expect(shown).toEqual(['one', 'running', 'late', 'done']);
  });

  test('asks less and less often while nothing happens, 20 s apart at most, and often again when something does', async () => {
    const { job, fake } = await someJob();
    fake.script = [...Array<string>(12).fill('JOB_STATE_RUNNING'), 'JOB_STATE_DRAINING', 'JOB_STATE_DRAINED'];
    await watchJob(client, job.id, watch);
    expect(pauses.slice(0, 3)).toEqual([1000, 1500, 2250]);
    expect(Math.max(...pauses)).toBe(20_000);
    expect(pauses.at(-1)).toBe(1000);
  });

  test('a service that does not answer for a while is waited for', async () => {
    const { job, fake } = await someJob();
    fake.script = ['JOB_STATE_DONE'];
    google.faults = [
      { matches: /^GET .*\/jobs\/2026/, answer: refusal(503, 'later') },
      { matches: /messages/, answer: 'lost' },
    ];
    expect(stateName(await watchJob(client, job.id, watch))).toBe('done');
  });

  test('a failed job is an error with its id and its own last words', async () => {
    const { job, fake } = await someJob();
    fake.script = ['JOB_STATE_FAILED'];
    google.dataflow.say(fake, 'JOB_MESSAGE_ERROR', 'Startup of the worker pool in europe-west1 failed.');
    await expect(follow(client, job, watch)).rejects.toThrow(
      `Dataflow job ${job.id} is failed: Startup of the worker pool in europe-west1 failed.`,
    );
  });

  test('an update that does not fit fails with the reason of the service, and the old job goes on', async () => {
    await submitJob(someOptions(), await namedPipeline('Old'), { kind: 'new' }, client);
    const mode = { kind: 'update', transformNameMapping: {} } as const;
    const { job } = await submitJob(someOptions(), await namedPipeline('New'), mode, client);
    await expect(follow(client, job, watch)).rejects.toThrow(/not compatible with .*missing steps Old/);
    expect(google.dataflow.jobs[0]?.currentState).not.toBe('JOB_STATE_UPDATED');
  });

  test('whoever has seen enough leaves the job running', async () => {
    const { job, fake } = await someJob();
    enough.abort();
    expect(stateName(await watchJob(client, job.id, watch))).toBe('running');
    expect(fake.currentState).toBe('JOB_STATE_RUNNING');
  });
});

describe('a job on Dataflow under the committer', () => {
  test('ends when it has drained', async () => {
    const { job, fake } = await someJob();
    fake.script = ['JOB_STATE_RUNNING'];
    await client.get(job.id);
    const running = openStreamingJob(client, job, watch);
    await running.drain();
    await running.ended;
    expect(shown.at(-1)).toBe('drained');
  });

  test('is followed into the job that replaces it', async () => {
    const { job, fake } = await someJob();
    const other = await submitJob(someOptions({ jobName: 'other' }), await namedPipeline('A'), { kind: 'new' }, client);
    fake.script = ['JOB_STATE_UPDATED'];
    fake.replacedByJobId = other.job.id;
    const replacement = google.dataflow.jobs.at(-1);
    if (replacement) replacement.script = ['JOB_STATE_RUNNING', 'JOB_STATE_RUNNING', 'JOB_STATE_DRAINED'];
    await openStreamingJob(client, job, watch).ended;
    expect(shown.filter((line) => !line.includes(' '))).toEqual(['updated', 'running', 'drained']);
  });

  test('is left alone when the committer cannot go on', async () => {
    const { job, fake } = await someJob();
    enough.abort();
    const running = openStreamingJob(client, job, watch);
    await running.cancel();
    await running.ended;
    expect(google.seen.filter(({ method }) => method === 'PUT')).toEqual([]);
    expect(fake.script).not.toContain('JOB_STATE_CANCELLED');
  });
});

describe('stopping a job', () => {
  test('a job is found by its id and by its name', async () => {
    const { job } = await someJob();
    expect((await findJob(client, job.id)).id).toBe(job.id);
    expect((await findJob(client, 'vitals')).id).toBe(job.id);
    await expect(findJob(client, 'other')).rejects.toThrow(/JOB: there is no active job other/);
    await expect(findJob(client, '2026-01-01_00_00_00-1')).rejects.toThrow(/JOB: there is no active job 2026-01-01/);
  });

  test('a drain of a running job is asked for once, however often it is repeated', async () => {
    const { job } = await someJob();
    await client.get(job.id);
    const draining = await stopJob(client, await client.get(job.id), 'drain');
    expect(stateName(draining)).toBe('draining');
    await stopJob(client, draining, 'drain');
    expect(google.seen.filter(({ method }) => method === 'PUT')).toHaveLength(1);
  });

  test('a draining job can still be cancelled', async () => {
    const { job } = await someJob();
    await client.get(job.id);
    await stopJob(client, await client.get(job.id), 'drain');
    await stopJob(client, await client.get(job.id), 'cancel');
    expect(stateName(await watchJob(client, job.id, watch))).toBe('cancelled');
  });

  test('a bounded job cannot be drained, and the service says so', async () => {
    const { job } = await submitJob(someOptions(), await namedPipeline('A'), { kind: 'new' }, client);
    await expect(stopJob(client, job, 'drain')).rejects.toThrow(/Only running streaming jobs can be drained/);
  });

  test('a job that has ended cannot be stopped', async () => {
    const { job, fake } = await someJob();
    fake.script = ['JOB_STATE_FAILED'];
    await expect(stopJob(client, await client.get(job.id), 'cancel')).rejects.toThrow(/is failed already/);
  });
});
