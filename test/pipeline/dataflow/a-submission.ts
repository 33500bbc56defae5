import { beam, step, type PCollection, type Root } from '../../../beam/index.js';
import type { DataflowOptions } from '../../../pipeline/engines/dataflow/options.js';
import { serialisePipeline, type SerialisedPipeline } from '../../../pipeline/engines/dataflow/pipeline-proto.js';
import { dataflowStream, streamingPipeline } from '../../../pipeline/engines/dataflow/streaming-pipeline.js';
import type { GraphOptions } from '../../../pipeline/graph.js';
import { ReadFrozen } from '../../../pipeline/sources/read-frozen.js';
import { parDo } from '../../../transforms/block.js';

export const IMAGE = `europe-west1-docker.pkg.dev/demo-vitals/vitals/worker@sha256:${'ab'.repeat(32)}`;
export const SUBSCRIPTION = 'projects/demo-vitals/subscriptions/vitals';

/** Options that pass every check; `changes` are what a test is about. */
export function someOptions(changes: Partial<DataflowOptions> = {}): DataflowOptions {
  return {
    project: 'demo-vitals',
    region: 'europe-west1',
    jobName: 'vitals',
    tempLocation: 'gs://demo-vitals-df/temp',
    stagingLocation: 'gs://demo-vitals-df/staging',
    workerImage: IMAGE,
    maxWorkers: 3,
    numWorkers: 1,
    machineType: 'n2-standard-2',
    serviceAccount: 'vitals-worker@demo-vitals.iam.gserviceaccount.com',
    subnetwork: 'regions/europe-west1/subnetworks/vitals',
    publicIps: false,
    labels: { app: 'vitals' },
    workerSetup: { module: 'vitals-lakehouse/pipeline/engines/dataflow/set-up-worker', argument: null },
    ...changes,
  };
}

export const GRAPH: GraphOptions = {
  decode: { timezone: null },
  cleanse: { checkClock: true },
  pseudonym: 'pseudonym:test',
  patients: 'patients:none',
  model: null,
  ruleVersion: 'test',
};

/** The continuous graph, as `vitals run --engine dataflow` sends it. */
export function continuousPipeline(changes: Partial<GraphOptions> = {}): Promise<SerialisedPipeline> {
  const stream = dataflowStream('gs://demo-vitals-lake/lake', 'vitals', { ...GRAPH, ...changes });
  return streamingPipeline({ subscription: SUBSCRIPTION }, stream, IMAGE);
}

/** A small bounded graph with steps of these names, and one, `Run`, that needs a worker. */
export function namedPipeline(...names: readonly string[]): Promise<SerialisedPipeline> {
  return serialisePipeline((root: Root) => {
    names.forEach((name) => root.apply(step(name, beam.impulse()) as never));
    const start = root.apply(step('Start', beam.impulse()) as never) as PCollection<never>;
    start.apply(step('Run', parDo(new ReadFrozen('none') as never)) as never);
  }, IMAGE);
}
