import '../index.js';
import type * as FnApiServer from 'apache-beam/proto/beam_fn_api.grpc-server';
import type * as FnApiClient from 'apache-beam/proto/beam_fn_api.grpc-client';
import type * as FnApi from 'apache-beam/proto/beam_fn_api';
import type * as JobApi from 'apache-beam/proto/beam_job_api';
import type * as JobApiClient from 'apache-beam/proto/beam_job_api.client';
import type * as Environments from 'apache-beam/internal/environments';
import type * as PipelineModule from 'apache-beam/internal/pipeline';
import type * as PortableRunnerModule from 'apache-beam/runners/portable_runner/runner';
import type * as ProvisionApi from 'apache-beam/proto/beam_provision_api';
import type * as ProvisionApiClient from 'apache-beam/proto/beam_provision_api.grpc-client';
import type * as RunnerApi from 'apache-beam/proto/beam_runner_api';
import type * as StructProto from 'apache-beam/proto/google/protobuf/struct';
import type * as WorkerModule from 'apache-beam/worker/worker';
import type * as Grpc from '@grpc/grpc-js';
import type * as GrpcTransportModule from '@protobuf-ts/grpc-transport';
import { internal, sdkRequire } from '../sdk-internals.js';

/**
 * The parts of apache-beam 2.49.0 that speak to a runner: the job API for who submits, the Fn API for who works. They come
 * after the shim, so that every worker which is made here has its repairs.
 */

/** The very gRPC that the SDK loads: a channel of another copy would not be one to it. */
export const grpc = sdkRequire<typeof Grpc>('@grpc/grpc-js');
export const { GrpcTransport } = sdkRequire<typeof GrpcTransportModule>('@protobuf-ts/grpc-transport');

export const runnerApi = internal<typeof RunnerApi>('proto/beam_runner_api');
export const jobApi = internal<typeof JobApi>('proto/beam_job_api');
export const fnApi = internal<typeof FnApi>('proto/beam_fn_api');
export const environments = internal<typeof Environments>('internal/environments');
export const struct = internal<typeof StructProto>('proto/google/protobuf/struct');

export const { JobServiceClient } = internal<typeof JobApiClient>('proto/beam_job_api.client');
export const { PortableRunner } = internal<typeof PortableRunnerModule>('runners/portable_runner/runner');
export const { Worker } = internal<typeof WorkerModule>('worker/worker');
export const { beamFnExternalWorkerPoolDefinition } = internal<typeof FnApiServer>('proto/beam_fn_api.grpc-server');
export const { BeamFnLoggingClient } = internal<typeof FnApiClient>('proto/beam_fn_api.grpc-client');
export const { ProvisionServiceClient } = internal<typeof ProvisionApiClient>('proto/beam_provision_api.grpc-client');

export type { FnApi, Grpc, JobApi, ProvisionApi, RunnerApi };
export type Pipeline = PipelineModule.Pipeline;
export type BeamWorker = WorkerModule.Worker;
