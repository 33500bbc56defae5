import { afterEach, describe, expect, test } from '@jest/globals';
import { beam, register, step, type Root } from '../../../beam/index.js';
import {
  JobFailedError,
  JobServiceError,
  runPortably,
  submitPortably,
  type SubmitOptions,
} from '../../../beam/portable/index.js';
import { runnerApi, type RunnerApi } from '../../../beam/portable/internals.js';
import { serveFakeJobs, type FakeJob, type FakeJobService } from './fake-job-service.js';

class Pass {
  *process(value: number) {
    yield value;
  }
}

register('test/beam/portable/run-portably', { Pass });

const graph = (root: Root) => {
  root.apply(beam.impulse()).apply(step('Pass', beam.parDo(new Pass() as never)));
};

let service: FakeJobService | undefined;
afterEach(() => service?.close());

async function submission(job?: FakeJob, differs: Partial<SubmitOptions> = {}): Promise<SubmitOptions> {
  service = await serveFakeJobs(job);
  return { jobEndpoint: service.endpoint, jobName: 'test', worker: { kind: 'docker', image: 'image:1' }, ...differs };
}

function environmentsSent(): RunnerApi.Environment[] {
  return Object.values(service?.prepared[0]?.pipeline?.components?.environments ?? {});
}

describe('runPortably', () => {
  test('returns when the job is done', async () => {
    const result = await runPortably(graph, await submission({ states: ['STOPPED', 'STARTING', 'RUNNING', 'DONE'] }));
    expect(result).toEqual({ jobId: 'job-1', jobName: 'test', state: 'DONE' });
  });

  test('throws when the job fails, with the errors that the runner has for it', async () => {
    const messages = [
      { importance: 3, text: 'running' },
      { importance: 5, text: 'the planted fault' },
      { importance: 5, text: 'the planted fault' },
    ];
    const run = runPortably(graph, await submission({ states: ['RUNNING', 'FAILED'], messages }));
    await expect(run).rejects.toThrow(JobFailedError);
    await expect(run).rejects.toMatchObject({ state: 'FAILED', jobId: 'job-1', reason: 'the planted fault' });
  });

  test('throws when the job was cancelled by somebody else', async () => {
    const run = runPortably(graph, await submission({ states: ['RUNNING', 'CANCELLED'] }));
    await expect(run).rejects.toMatchObject({ state: 'CANCELLED', reason: 'the runner gives no reason' });
  });

  test('names the job service that does not answer', async () => {
    const options = await submission();
    service?.close();
    const run = runPortably(graph, options);
    await expect(run).rejects.toThrow(JobServiceError);
    await expect(run).rejects.toThrow(`the job service at ${options.jobEndpoint} failed to take a job`);
  });

  test('throws the error of a graph that cannot be built as it is', async () => {
    const run = runPortably(
      () => {
        throw new RangeError('planted fault');
      },
      await submission(),
    );
    await expect(run).rejects.toThrow(RangeError);
    expect(service?.prepared).toEqual([]);
  });

  test('gives up waiting after its time, and leaves the job alone', async () => {
    const options = { ...(await submission({ states: ['RUNNING'] })), timeoutMillis: 50 };
    await expect(runPortably(graph, options)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(service?.cancelled()).toBe(0);
  });
});

describe('submitPortably', () => {
  test('sends options in the names of the job API, and leaves out those that are undefined', async () => {
    const pipelineOptions = {
      parallelism: 2,
      checkpointingInterval: 60_000,
      experiments: ['a', 'b'],
      absent: undefined,
    };
    const job = await submitPortably(graph, await submission({}, { pipelineOptions }));
    await job.close();
    expect(service?.prepared[0]?.jobName).toBe('test');
    expect(service?.options()).toMatchObject({
      'beam:option:parallelism:v1': 2,
      'beam:option:checkpointing_interval:v1': 60_000,
      'beam:option:experiments:v1': ['a', 'b'],
    });
    expect(service?.options()).not.toHaveProperty('beam:option:absent:v1');
    expect(service?.options()['beam:option:registered_node_modules:v1']).toContain(
      'vitals-lakehouse/test/beam/portable/run-portably',
    );
  });

  test('puts a docker environment into the pipeline, without dependencies', async () => {
    await runPortably(graph, await submission());
    const [environment] = environmentsSent();
    expect(environment).toMatchObject({ urn: 'beam:env:docker:v1', dependencies: [] });
    expect(runnerApi.DockerPayload.fromBinary(environment?.payload as Uint8Array).containerImage).toBe('image:1');
  });

  test('puts a process environment into the pipeline, with its command', async () => {
    const worker = { kind: 'process', command: '/opt/worker', env: { LEVEL: 'info' } } as const;
    await runPortably(graph, await submission({}, { worker }));
    const [environment] = environmentsSent();
    expect(environment).toMatchObject({ urn: 'beam:env:process:v1', dependencies: [] });
    const payload = runnerApi.ProcessPayload.fromBinary(environment?.payload as Uint8Array);
    expect(payload).toMatchObject({ command: '/opt/worker', env: { LEVEL: 'info' } });
  });

  test('gives a loopback job the address of a pool in this process', async () => {
    await runPortably(graph, await submission({}, { worker: { kind: 'loopback' } }));
    const [environment] = environmentsSent();
    expect(environment?.urn).toBe('beam:env:external:v1');
    const payload = runnerApi.ExternalPayload.fromBinary(environment?.payload as Uint8Array);
    expect(payload.endpoint?.url).toMatch(/^127\.0\.0\.1:\d+$/);
  });

  test('stages nothing where nothing is to be staged, although the runner offers to', async () => {
    // Nobody listens there: staging would fail.
    await expect(runPortably(graph, await submission({ stagingEndpoint: '127.0.0.1:1' }))).resolves.toBeDefined();
  });

  test('lets the caller amend the pipeline before it is sent', async () => {
    const amend = (pipeline: RunnerApi.Pipeline) => {
      for (const environment of Object.values(pipeline.components?.environments ?? {}))
        environment.capabilities = ['x'];
    };
    await runPortably(graph, await submission({}, { amend }));
    expect(environmentsSent()[0]?.capabilities).toEqual(['x']);
  });

  test('cancels a job, whose end is then an error that says so', async () => {
    const job = await submitPortably(graph, await submission({ states: ['RUNNING'] }));
    try {
      expect(await job.state()).toBe('RUNNING');
      await job.cancel();
      await expect(job.waitUntilFinish()).rejects.toMatchObject({ state: 'CANCELLED' });
    } finally {
      await job.close();
    }
  });

  test('passes on what the runner says of a job', async () => {
    const job = await submitPortably(graph, await submission({ messages: [{ importance: 4, text: 'slow worker' }] }));
    try {
      const heard = [];
      for await (const message of job.messages()) heard.push(message);
      expect(heard).toEqual([{ importance: 'WARNING', text: 'slow worker', time: '' }]);
    } finally {
      await job.close();
    }
  });
});
