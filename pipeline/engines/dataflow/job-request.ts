import { runnerApi } from '../../../beam/portable/internals.js';
import { componentsOf } from './check-graph.js';
import type { DataflowOptions } from './options.js';
import type { SerialisedPipeline } from './pipeline-proto.js';
import { registeredModules } from './sdk.js';

/** The body of `projects.locations.jobs.create`: a google.dataflow.v1beta3.Job in JSON, the fields that are sent. */
export interface JobRequest {
  readonly name: string;
  readonly type: 'JOB_TYPE_BATCH' | 'JOB_TYPE_STREAMING';
  readonly clientRequestId: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly replaceJobId?: string;
  readonly transformNameMapping?: Readonly<Record<string, string>>;
  readonly environment: JobEnvironment;
}

interface JobEnvironment {
  readonly userAgent: { readonly name: string; readonly version: string };
  readonly version: { readonly job_type: string; readonly major: string };
  readonly clusterManagerApiService: string;
  readonly dataset: string;
  readonly tempStoragePrefix: string;
  readonly experiments: readonly string[];
  readonly sdkPipelineOptions: PipelineOptions;
  readonly serviceAccountEmail?: string;
  readonly workerPools: readonly [WorkerPool];
}

interface PipelineOptions {
  readonly options: Readonly<Record<string, unknown>>;
  readonly display_data: readonly { key: string; value: string; type: 'STRING'; namespace: string }[];
}

interface WorkerPool {
  readonly kind: 'harness';
  readonly machineType?: string;
  readonly numWorkers?: number;
  readonly autoscalingSettings: { readonly maxNumWorkers: number };
  readonly subnetwork?: string;
  readonly ipConfiguration: 'WORKER_IP_PUBLIC' | 'WORKER_IP_PRIVATE';
  readonly sdkHarnessContainerImages: readonly HarnessImage[];
  readonly workerHarnessContainerImage?: string;
  readonly taskrunnerSettings: { readonly parallelWorkerSettings: { baseUrl: string; servicePath: string } };
  readonly dataDisks?: readonly Record<string, never>[];
}

interface HarnessImage {
  readonly environmentId: string;
  readonly containerImage: string;
  readonly capabilities: readonly string[];
  readonly useSingleCorePerContainer: boolean;
}

/** What makes a request an update of a running job. */
export interface Replacement {
  readonly jobId: string;
  /** Names, or prefixes of names, of the running job's steps and what they are called now. */
  readonly transformNameMapping: Readonly<Record<string, string>>;
}

/**
 * The SDK that the service is told of. apache-beam 2.49.0 for TypeScript submits through Beam Python's job service, so
 * this is what the service has been told by every TypeScript job there was; Google names no agent for TypeScript.
 */
const USER_AGENT = { name: 'Apache Beam Python 3.11 SDK', version: '2.49.0' };

/** Major version of the protocol between the service and its workers, as Beam 2.49.0 sends it. */
const PROTOCOL_MAJOR = '8';

/** A portable pipeline on Runner v2; one container for each core, because Node has one thread. */
const EXPERIMENTS = [
  'use_runner_v2',
  'use_portable_job_submission',
  'use_sibling_sdk_workers',
  'beam_fn_api',
  'use_unified_worker',
  'use_multiple_sdk_containers',
];
const STREAMING_EXPERIMENTS = ['enable_streaming_engine', 'enable_windmill_service'];

const DATAFLOW = 'https://dataflow.googleapis.com';
const MULTI_CORE = 'beam:protocol:multi_core_bundle_processing:v1';

/** The `gs://` name under which a pipeline is staged: by its content. */
export function pipelineUrl(options: DataflowOptions, pipeline: SerialisedPipeline): string {
  return `${withoutSlash(options.stagingLocation)}/${options.jobName}/pipeline-${pipeline.sha256}.pb`;
}

/**
 * The request that creates, or replaces, a job. A function of its arguments alone: the same submission is the same text.
 *
 * @param clientRequestId see clientRequestId(); 64 characters at most
 */
export function jobRequest(
  options: DataflowOptions,
  pipeline: SerialisedPipeline,
  clientRequestId: string,
  replacement: Replacement | null,
): JobRequest {
  const { streaming } = pipeline;
  const experiments = streaming ? [...EXPERIMENTS, ...STREAMING_EXPERIMENTS] : EXPERIMENTS;
  return {
    name: options.jobName,
    type: streaming ? 'JOB_TYPE_STREAMING' : 'JOB_TYPE_BATCH',
    clientRequestId,
    labels: options.labels,
    ...(replacement === null
      ? {}
      : { replaceJobId: replacement.jobId, transformNameMapping: replacement.transformNameMapping }),
    environment: {
      userAgent: USER_AGENT,
      version: { job_type: streaming ? 'FNAPI_STREAMING' : 'FNAPI_BATCH', major: PROTOCOL_MAJOR },
      clusterManagerApiService: 'compute.googleapis.com',
      dataset: 'bigquery.googleapis.com/cloud_dataflow',
      tempStoragePrefix: withoutSlash(options.tempLocation).replace('gs://', 'storage.googleapis.com/'),
      experiments,
      sdkPipelineOptions: pipelineOptions(options, pipeline, experiments),
      ...(options.serviceAccount === null ? {} : { serviceAccountEmail: options.serviceAccount }),
      workerPools: [workerPool(options, pipeline)],
    },
  };
}

/** In the nested form: the service hands it to the worker's boot as it is. */
function pipelineOptions(
  options: DataflowOptions,
  pipeline: SerialisedPipeline,
  experiments: readonly string[],
): PipelineOptions {
  const values: Record<string, unknown> = {
    pipelineUrl: pipelineUrl(options, pipeline),
    pipelineProtoHash: pipeline.sha256,
    project: options.project,
    region: options.region,
    job_name: options.jobName,
    temp_location: options.tempLocation,
    staging_location: options.stagingLocation,
    streaming: pipeline.streaming,
    ...(pipeline.streaming ? { enable_streaming_engine: true } : {}),
    max_num_workers: options.maxWorkers,
    experiments,
    // Sorted: which of them were loaded first depends on the program that submits.
    registered_node_modules: [...registeredModules()].sort(),
    worker_setup: options.workerSetup,
  };
  const display_data = Object.entries(values).flatMap(([key, value]) =>
    typeof value === 'string' ? [{ key, value, type: 'STRING' as const, namespace: 'vitals' }] : [],
  );
  return { options: values, display_data };
}

function workerPool(options: DataflowOptions, pipeline: SerialisedPipeline): WorkerPool {
  const images = harnessImages(pipeline);
  const [first] = images;
  return {
    kind: 'harness',
    ...(options.machineType === null ? {} : { machineType: options.machineType }),
    ...(options.numWorkers === null ? {} : { numWorkers: options.numWorkers }),
    autoscalingSettings: { maxNumWorkers: options.maxWorkers },
    ...(options.subnetwork === null ? {} : { subnetwork: options.subnetwork }),
    ipConfiguration: options.publicIps ? 'WORKER_IP_PUBLIC' : 'WORKER_IP_PRIVATE',
    sdkHarnessContainerImages: images,
    // The service wants it here as well when there is only one.
    ...(first && images.length === 1 ? { workerHarnessContainerImage: first.containerImage } : {}),
    taskrunnerSettings: { parallelWorkerSettings: { baseUrl: DATAFLOW, servicePath: DATAFLOW } },
    ...(pipeline.streaming ? { dataDisks: [{}] } : {}),
  };
}

function harnessImages({ pipeline }: SerialisedPipeline): HarnessImage[] {
  const { environments, transforms } = componentsOf(pipeline);
  const used = new Set(Object.values(transforms).map((transform) => transform.environmentId));
  return Object.entries(environments).flatMap(([environmentId, { payload, capabilities }]) =>
    used.has(environmentId)
      ? [
          {
            environmentId,
            containerImage: runnerApi.DockerPayload.fromBinary(payload).containerImage,
            capabilities,
            useSingleCorePerContainer: !capabilities.includes(MULTI_CORE),
          },
        ]
      : [],
  );
}

function withoutSlash(folder: string): string {
  return folder.replace(/\/$/, '');
}
