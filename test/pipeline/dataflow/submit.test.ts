import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DataflowClient } from '../../../pipeline/engines/dataflow/dataflow-client.js';
import { submitJob, type SubmissionMode } from '../../../pipeline/engines/dataflow/submit.js';
import { continuousPipeline, namedPipeline, someOptions } from './a-submission.js';
import { FakeGoogle } from './fake/fake-google.js';
import { refusal } from './fake/fake-storage.js';

let google: FakeGoogle;
let client: DataflowClient;
const pauses: number[] = [];
const NEW: SubmissionMode = { kind: 'new' };
const update = (transformNameMapping: Record<string, string> = {}): SubmissionMode => ({
  kind: 'update',
  transformNameMapping,
});

beforeEach(async () => {
  google = await FakeGoogle.open();
  process.env['STORAGE_EMULATOR_HOST'] = google.url;
  pauses.length = 0;
  client = new DataflowClient(google.url, someOptions(), {
    authorize: async () => ({}),
    sleep: async (milliseconds) => void pauses.push(milliseconds),
  });
});

afterEach(() => google.close());

const created = () => google.seen.filter(({ method, path }) => method === 'POST' && path.endsWith('/jobs')).length;

describe('submitting a job', () => {
  test('stages the pipeline and creates one job, which the strict service takes', async () => {
    const pipeline = await continuousPipeline();
    const { job, repeated } = await submitJob(someOptions(), pipeline, NEW, client);
    expect(repeated).toBe(false);
    expect(google.dataflow.jobs.map(({ id }) => id)).toEqual([job.id]);
    const [file] = google.storage.files.values();
    expect(file?.bytes).toEqual(pipeline.bytes);
    expect(google.dataflow.jobs[0]?.steps).toContain('Read Pubsub');
  });

  test('asked again while the job runs, it finds that job and creates none', async () => {
    const pipeline = await namedPipeline('Impulse');
    const first = await submitJob(someOptions(), pipeline, NEW, client);
    const second = await submitJob(someOptions(), pipeline, NEW, client);
    expect(second).toMatchObject({ repeated: true, job: { id: first.job.id } });
    expect(created()).toBe(1);
  });

  test('asked again after the job has ended, it is a new job', async () => {
    const pipeline = await namedPipeline('Impulse');
    const first = await submitJob(someOptions(), pipeline, NEW, client);
    for (const job of google.dataflow.jobs) job.currentState = 'JOB_STATE_DRAINED';
    const second = await submitJob(someOptions(), pipeline, NEW, client);
    expect(second.repeated).toBe(false);
    expect(second.job.id).not.toBe(first.job.id);
    expect(google.storage.files.size).toBe(1);
  });

  test('a lost answer to the creation does not make a second job', async () => {
    google.faults = [{ matches: /^POST .*\/jobs$/, answer: 'lost' }];
    const { job } = await submitJob(someOptions(), await namedPipeline('Impulse'), NEW, client);
    expect(google.dataflow.jobs.map(({ id }) => id)).toEqual([job.id]);
    expect(created()).toBe(2);
  });

  test('a service that is out of breath is asked again, with growing pauses', async () => {
    const busy = { matches: /^POST .*\/jobs$/, answer: refusal(503, 'try later', 'UNAVAILABLE') };
    google.faults = [{ ...busy }, { ...busy }, { ...busy }];
    await submitJob(someOptions(), await namedPipeline('Impulse'), NEW, client);
    expect(pauses).toEqual([500, 1000, 2000]);
    expect(google.dataflow.jobs).toHaveLength(1);
  });

  test('a refusal is passed on in the words of the service, and not repeated', async () => {
    google.faults = [
      { matches: /^POST .*\/jobs$/, answer: refusal(403, 'no dataflow.jobs.create', 'PERMISSION_DENIED') },
    ];
    const submitting = submitJob(someOptions(), await namedPipeline('Impulse'), NEW, client);
    await expect(submitting).rejects.toThrow('no dataflow.jobs.create (403 PERMISSION_DENIED)');
    expect(created()).toBe(1);
  });

  test.each(['existing job', 409] as const)('a name that another job has is refused (%s)', async (conflict) => {
    google.dataflow.conflict = conflict;
    await submitJob(someOptions(), await namedPipeline('Impulse'), NEW, client);
    const other = submitJob(someOptions({ maxWorkers: 5 }), await namedPipeline('Impulse'), NEW, client);
    await expect(other).rejects.toThrow(/--job-name: vitals is taken by the job 2026.* Replace it with --update/);
    expect(created()).toBe(1);
  });

  test.each(['existing job', 409] as const)(
    'a job that takes the name meanwhile is found out (%s)',
    async (conflict) => {
      google.dataflow.conflict = conflict;
      const pipeline = await namedPipeline('Impulse');
      await submitJob(someOptions({ maxWorkers: 5 }), pipeline, NEW, client);
      google.faults = [{ matches: /^GET .*\/jobs\?/, answer: { status: 200, body: {} } }];
      await expect(submitJob(someOptions(), pipeline, NEW, client)).rejects.toThrow(
        /taken by the job|already an active job/,
      );
      expect(google.dataflow.jobs).toHaveLength(1);
    },
  );

  test('a bucket that is not there is named, and no job is created', async () => {
    const options = someOptions({ stagingLocation: 'gs://no-such-bucket/staging' });
    const submitting = submitJob(options, await namedPipeline('Impulse'), NEW, client);
    await expect(submitting).rejects.toThrow(/--staging-location: .*no-such-bucket/);
    expect(created()).toBe(0);
  });
});

describe('replacing a running job', () => {
  test('names the job and the mapping; the old job ends as updated', async () => {
    await submitJob(someOptions(), await namedPipeline('Old', 'Same'), NEW, client);
    const mapping = { Old: 'New' };
    const { job, request } = await submitJob(
      someOptions(),
      await namedPipeline('New', 'Same'),
      update(mapping),
      client,
    );
    const [old, fresh] = google.dataflow.jobs;
    expect(request).toMatchObject({ replaceJobId: old?.id, transformNameMapping: mapping });
    expect(fresh?.id).toBe(job.id);
    expect(old).toMatchObject({ currentState: 'JOB_STATE_UPDATED', replacedByJobId: job.id });
  });

  test('asked again, it finds the replacement and replaces nothing', async () => {
    await submitJob(someOptions(), await namedPipeline('Old'), NEW, client);
    const [pipeline, mode] = [await namedPipeline('New'), update({ Old: 'New' })];
    const first = await submitJob(someOptions(), pipeline, mode, client);
    const second = await submitJob(someOptions(), pipeline, mode, client);
    expect(second).toMatchObject({ repeated: true, job: { id: first.job.id } });
    expect(google.dataflow.jobs).toHaveLength(2);
  });

  test('without a running job it is refused', async () => {
    const submitting = submitJob(someOptions(), await namedPipeline('New'), update(), client);
    await expect(submitting).rejects.toThrow(/--update: there is no running job called vitals in europe-west1/);
  });
});
