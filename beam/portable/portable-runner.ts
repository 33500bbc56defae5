import type { Root } from 'apache-beam';
import { quietly } from '../quiet.js';
import { replaceEnvironments, type WorkerEnvironment } from './environment.js';
import { PortableRunner, runnerApi, type RunnerApi } from './internals.js';
import { JobClient } from './job-client.js';
import { JobServiceError } from './job-errors.js';
import { openLoopbackWorkers } from './loopback-workers.js';
import type { PoolServer } from './worker-pool-server.js';

/** A value of a pipeline option: what JSON can hold. */
export type OptionValue =
  string | number | boolean | null | readonly OptionValue[] | { readonly [k: string]: OptionValue };

/** How and where a job is submitted. */
export interface SubmitOptions {
  /** host:port of the job service. */
  readonly jobEndpoint: string;
  /** Shown by the runner; need not be unique. */
  readonly jobName: string;
  readonly worker: WorkerEnvironment;
  /**
   * Options of the runner, in camel case: `{ parallelism: 2, streaming: true, experiments: ['use_deprecated_read'] }`.
   * They are sent as `beam:option:<snake_case>:v1`; undefined ones are left out.
   */
  readonly pipelineOptions?: Readonly<Record<string, OptionValue | undefined>>;
  /** Changes the pipeline's proto before it is sent, in place: to replace an environment of another language, say. */
  readonly amend?: (pipeline: RunnerApi.Pipeline) => void;
}

/**
 * The SDK's PortableRunner with its defects mended (docs/decisions/0002-beam-shim.md): any environment without `npm pack`,
 * no staging of nothing, options that arrive, and no channel or pool left open after {@link close}.
 *
 * Use it through run-portably.ts, whose jobs throw when they fail.
 */
export class MendedPortableRunner extends PortableRunner {
  readonly jobs: JobClient;
  #loopback: PoolServer | undefined;

  constructor(private readonly submission: SubmitOptions) {
    const { jobEndpoint, jobName, pipelineOptions = {} } = submission;
    // Those of a run are dropped by the SDK: only what the constructor gets arrives.
    super({ ...withoutUndefined(pipelineOptions), jobEndpoint, jobName });
    this.jobs = new JobClient(jobEndpoint);
    this.client = this.jobs;
  }

  /** Builds a graph, sends it and starts it. @returns the id of the running job */
  async submit(build: (root: Root) => unknown): Promise<string> {
    const result = await quietly(() => this.runAsync(async (root) => void (await build(root)) as never));
    return (result as unknown as { readonly jobId: string }).jobId;
  }

  override async runPipelineWithProto(
    ...[pipeline, options]: Parameters<InstanceType<typeof PortableRunner>['runPipelineWithProto']>
  ): ReturnType<InstanceType<typeof PortableRunner>['runPipelineWithProto']> {
    const amended = runnerApi.Pipeline.clone(pipeline);
    const { worker, amend, jobEndpoint } = this.submission;
    if (worker.kind === 'loopback') {
      this.#loopback ??= await openLoopbackWorkers();
      replaceEnvironments(amended, { kind: 'external', address: this.#loopback.address });
    } else {
      replaceEnvironments(amended, worker);
    }
    amend?.(amended);
    try {
      return await super.runPipelineWithProto(amended, options);
    } catch (error) {
      throw isRpcError(error) ? new JobServiceError(jobEndpoint, 'take a job', error) : error;
    }
  }

  /** Ends the channel to the job service and the workers of a loopback. A job in workers of its own goes on. */
  async close(): Promise<void> {
    this.jobs.close();
    await this.#loopback?.close();
  }
}

function withoutUndefined(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** Errors of the graph's construction are the caller's own; those of the wire name the service. */
function isRpcError(error: unknown): boolean {
  return error instanceof Error && error.name === 'RpcError';
}
