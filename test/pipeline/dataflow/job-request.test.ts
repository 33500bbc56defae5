import { describe, expect, test } from '@jest/globals';
import { clientRequestId } from '../../../pipeline/engines/dataflow/client-request-id.js';
import { jobRequest } from '../../../pipeline/engines/dataflow/job-request.js';
import { continuousPipeline, IMAGE, namedPipeline, someOptions } from './a-submission.js';
import { faultsOf } from './fake/parse-strictly.js';

/** As it arrives: fields that are undefined are not there. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('the request that creates a job', () => {
  test('every field of it is one that the service knows, with a value of its type', async () => {
    const replacement = { jobId: '2026-11-21_04_00_00-0001', transformNameMapping: { A: 'B' } };
    const streaming = jobRequest(someOptions(), await continuousPipeline(), 'id', replacement);
    const bounded = jobRequest(someOptions({ numWorkers: null }), await namedPipeline('Impulse'), 'id', null);
    expect(faultsOf(plain(streaming))).toEqual([]);
    expect(faultsOf(plain(bounded))).toEqual([]);
  });

  test('the check of fields would notice a misspelt field and a value of the wrong type', async () => {
    const request = jobRequest(someOptions(), await namedPipeline('Impulse'), 'id', null);
    expect(faultsOf({ ...request, replacedJobId: 'x' })).toEqual([
      `Unknown name "replacedJobId" at 'job': Cannot find field.`,
    ]);
    expect(faultsOf({ ...request, type: 'JOB_TYPE_STREAM' })).toHaveLength(1);
    const workerPools = [{ ...request.environment.workerPools[0], numWorkers: '3' }];
    expect(faultsOf({ ...request, environment: { ...request.environment, workerPools } })).toHaveLength(1);
  });

  test('a continuous graph is a streaming job on the streaming engine', async () => {
    const { type, environment } = jobRequest(someOptions(), await continuousPipeline(), 'id', null);
    expect(type).toBe('JOB_TYPE_STREAMING');
    expect(environment.version).toEqual({ job_type: 'FNAPI_STREAMING', major: '8' });
    expect(environment.experiments).toEqual(
      expect.arrayContaining(['use_runner_v2', 'use_sibling_sdk_workers', 'enable_streaming_engine']),
    );
  });

  test('a bounded graph is a batch job without the streaming engine', async () => {
    const { type, environment } = jobRequest(someOptions(), await namedPipeline('Impulse'), 'id', null);
    expect([type, environment.version.job_type]).toEqual(['JOB_TYPE_BATCH', 'FNAPI_BATCH']);
    expect(environment.experiments).not.toContain('enable_streaming_engine');
    expect(environment.workerPools[0].dataDisks).toBeUndefined();
  });

  test('the workers are capped, have no public address, and run the image one process a core', async () => {
    const [pool] = jobRequest(someOptions(), await continuousPipeline(), 'id', null).environment.workerPools;
    expect(pool.autoscalingSettings.maxNumWorkers).toBe(3);
    expect(pool.ipConfiguration).toBe('WORKER_IP_PRIVATE');
    expect(pool.sdkHarnessContainerImages).toEqual([
      expect.objectContaining({
        containerImage: IMAGE,
        useSingleCorePerContainer: true,
        environmentId: 'jsEnvironment',
      }),
    ]);
  });

  test('the pipeline is staged under its own hash, and the workers are told the modules to load', async () => {
    const pipeline = await continuousPipeline();
    const { options } = jobRequest(someOptions(), pipeline, 'id', null).environment.sdkPipelineOptions;
    expect(options['pipelineUrl']).toBe(`gs://demo-vitals-df/staging/vitals/pipeline-${pipeline.sha256}.pb`);
    expect(options['pipelineProtoHash']).toBe(pipeline.sha256);
    expect(options['registered_node_modules']).toEqual(
      expect.arrayContaining([
        'vitals-lakehouse/transforms/score',
        'vitals-lakehouse/pipeline/engines/dataflow/pubsub-leaf',
      ]),
    );
    expect(options['worker_setup']).toEqual(someOptions().workerSetup);
  });

  test('what is left out of the options is left to the service', async () => {
    const options = someOptions({ machineType: null, numWorkers: null, serviceAccount: null, subnetwork: null });
    const { environment } = jobRequest(options, await continuousPipeline(), 'id', null);
    const keys = [...Object.keys(environment), ...Object.keys(environment.workerPools[0])];
    for (const key of ['machineType', 'numWorkers', 'serviceAccountEmail', 'subnetwork'])
      expect(keys).not.toContain(key);
  });
});

describe('the id of a submission', () => {
  test('is the same for the same submission, and another for each thing that differs', async () => {
    const pipeline = await namedPipeline('Impulse');
    const id = (changes: object, predecessor: string | null = null) => {
      const options = someOptions(changes);
      return clientRequestId(options, jobRequest(options, pipeline, '', null), predecessor);
    };
    const ids = [
      id({}),
      id({ maxWorkers: 4 }),
      id({ region: 'europe-west4' }),
      id({ labels: {} }),
      id({}, 'ended-job'),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    expect(id({})).toBe(ids[0]);
    expect(ids[0]).toMatch(/^[0-9a-f]{32}$/);
  });
});
