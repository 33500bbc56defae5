import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { jobRequest } from '../../../pipeline/engines/dataflow/job-request.js';
import { planWorkerResources } from '../../../pipeline/engines/dataflow/worker-resources.js';
import { DEVELOPMENT_PSEUDONYM_KEY } from '../../../transforms/pseudonym.js';
import { continuousPipeline, GRAPH, someOptions } from '../../pipeline/dataflow/a-submission.js';
import { describeOn } from '../support/program.js';
import { waitFor } from '../support/wait-for.js';
import { ContainerContract } from './container-contract.js';
import { assembleImage, BOOT } from './worker-image.js';

const WORKERS = ['worker-1', 'sibling-2', 'sibling-3'];

describeOn(BOOT, "the worker image under Beam's boot and the container contract", () => {
  let image: string;
  let contract: ContainerContract;

  beforeAll(() => {
    image = assembleImage();
  }, 600_000);
  afterEach(() => contract.stop());
  afterAll(() => rmSync(image, { recursive: true, force: true }));

  /** The very options that a submission sends, in the form in which Dataflow hands them on. */
  const submitted = async (changes: Readonly<Record<string, unknown>> = {}) => {
    const pseudonym = `pseudonym:${createHash('sha256').update(DEVELOPMENT_PSEUDONYM_KEY).digest('hex')}` as const;
    const resources = { pseudonymKey: DEVELOPMENT_PSEUDONYM_KEY, patients: null, model: null };
    const { setup } = planWorkerResources(
      { ...GRAPH, pseudonym },
      resources,
      null,
      true,
      'gs://demo-vitals-df/staging',
    );
    const request = jobRequest(
      someOptions({ workerSetup: setup }),
      await continuousPipeline({ pseudonym }),
      'id',
      null,
    );
    const { options, display_data } = request.environment.sdkPipelineOptions;
    return { options: { ...options, ...changes }, display_data };
  };

  const boot = async (pipelineOptions: object, siblings: readonly string[]) => {
    contract = await ContainerContract.open({ pipelineOptions, siblings });
    contract.start(join(image, 'opt/apache/beam/boot'), join(image, 'app'), join(image, 'tmp'));
  };

  test('each of three sibling workers loads every module of the job and opens a control stream that answers', async () => {
    await boot(await submitted(), WORKERS.slice(1));
    await waitFor('three workers have a control stream', () => contract.streams.size === 3 || contract.exit !== null, {
      timeoutMillis: 60_000,
    });
    expect([contract.exit, contract.output]).toEqual([null, expect.not.stringContaining('rror:')]);
    expect([...contract.streams.keys()].sort()).toEqual([...WORKERS].sort());
    for (const worker of WORKERS) {
      const request = { oneofKind: 'harnessMonitoringInfos', harnessMonitoringInfos: {} } as const;
      contract.instruct(worker, { instructionId: `ask ${worker}`, request });
    }
    await waitFor('each of them has answered', () => contract.responses.length === 3);
    expect(
      contract.responses.map(({ worker, response }) => [response.instructionId, response.error, worker]).sort(),
    ).toEqual(WORKERS.map((worker) => [`ask ${worker}`, '', worker]).sort());
    // Written after the modules are loaded and the resources are provided.
    for (const worker of WORKERS) expect(contract.logs).toContain(`worker ${worker} is ready`);
  });

  test('a worker that cannot load a module of the job says which, and the container ends', async () => {
    await boot(await submitted({ registered_node_modules: ['vitals-lakehouse/transforms/not-there'] }), []);
    await waitFor('the container has ended', () => contract.exit !== null, { timeoutMillis: 60_000 });
    expect(contract.exit).not.toBe(0);
    expect(contract.streams.size).toBe(0);
    expect(contract.logs.join('\n')).toContain('cannot load the module vitals-lakehouse/transforms/not-there');
  });

  test('a worker whose pseudonym key is another than that of the job says so, and the container ends', async () => {
    const { options } = await submitted();
    const { module, argument } = options['worker_setup'] as { module: string; argument: object };
    const graph = { pseudonym: 'pseudonym:other', patients: 'patients:none', model: null };
    await boot(await submitted({ worker_setup: { module, argument: { ...argument, graph } } }), []);
    await waitFor('the container has ended', () => contract.exit !== null, { timeoutMillis: 60_000 });
    expect(contract.streams.size).toBe(0);
    expect(contract.logs.join('\n')).toContain('the pseudonym key of this worker is another');
  });
});
