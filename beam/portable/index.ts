/**
 * The portable path: the same graph on any runner with a job service (Prism, Flink, Dataflow through its own client).
 *
 * - {@link runPortably} runs a bounded graph and throws when the job does not do its work.
 * - {@link submitPortably} starts a graph, bounded or not, and returns a handle.
 * - {@link openWorkerPool} keeps worker processes ready for a runner on this machine or network.
 * - worker-main.ts is the worker's program for containers and for runners that start processes.
 */
export { replaceEnvironments, type WorkerEnvironment } from './environment.js';
export type { JobMessage } from './job-client.js';
export { JobFailedError, JobServiceError } from './job-errors.js';
export type { JobState } from './job-state.js';
export type { OptionValue, SubmitOptions } from './portable-runner.js';
export { runPortably, submitPortably, type JobHandle, type JobResult, type WaitOptions } from './run-portably.js';
export {
  openWorkerPool,
  type PooledWorker,
  type WorkerEvent,
  type WorkerPool,
  type WorkerPoolOptions,
} from './worker-pool.js';
export type { SetUpWorker, WorkerSetup } from './worker-setup.js';
