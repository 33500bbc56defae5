import type { StreamingJob } from '../streaming/run-continuous.js';
import type { DataflowClient } from './dataflow-client.js';
import type { Job } from './job.js';
import { activeJob, stopJob } from './stop-job.js';
import { DataflowJobError, failureReason, watchJob, type Watch } from './watch-job.js';

/**
 * A job on Dataflow as the committer of continuous runs knows jobs. When another job replaces it (`--update`), that one is
 * followed. `cancel`, which the committer calls when it cannot go on, leaves the job alone: what it lands waits, and
 * the next run with the same flags finds the job and commits on.
 */
export function openStreamingJob(client: DataflowClient, job: Job, watch: Watch): StreamingJob {
  let current = job;
  const ended = follow(client, job, watch, (replacement) => (current = replacement)).then(() => undefined);
  return {
    ended,
    drain: async () => {
      await stopJob(client, await client.get(current.id), 'drain');
    },
    cancel: async () => {},
  };
}

/**
 * A job that somebody else submits and stops: it is waited for, and `drain`, which the committer calls on its signal, only gives up
 * following it. What it lands from then on waits for the next run.
 */
export function openFollowedJob(client: DataflowClient, name: string, watch: FollowWatch): StreamingJob {
  const released = new AbortController();
  const signal = AbortSignal.any([watch.signal, released.signal]);
  const attend = async () => {
    const job = await awaitJob(client, name, { ...watch, signal });
    if (job) await follow(client, job, { ...watch, signal });
  };
  return { ended: attend(), drain: async () => released.abort(), cancel: async () => released.abort() };
}

/** Who follows a job hears of it before there is one. */
export interface FollowWatch extends Watch {
  onWaiting(): void;
  onFound(job: Job): void;
}

/** Milliseconds between two looks for a job: a deploy takes minutes. */
const LOOK_MILLIS = 10_000;

async function awaitJob(client: DataflowClient, name: string, watch: FollowWatch): Promise<Job | null> {
  for (let told = false; !watch.signal.aborted; told = true) {
    const job = await activeJob(client, name);
    if (job) {
      watch.onFound(job);
      return job;
    }
    if (!told) watch.onWaiting();
    await watch.sleep(LOOK_MILLIS, watch.signal);
  }
  return null;
}

/**
 * Follows a job, and whichever replaces it, to the end.
 *
 * @returns the job that has ended, or that was followed when the watch was given up
 * @throws DataflowJobError when it has failed
 */
export async function follow(
  client: DataflowClient,
  job: Job,
  watch: Watch,
  onReplaced: (replacement: Job) => void = () => {},
): Promise<Job> {
  let last = await watchJob(client, job.id, watch);
  while (last.currentState === 'JOB_STATE_UPDATED' && last.replacedByJobId && !watch.signal.aborted) {
    const replacement = await client.get(last.replacedByJobId);
    onReplaced(replacement);
    last = await watchJob(client, replacement.id, watch);
  }
  if (last.currentState === 'JOB_STATE_FAILED') {
    throw new DataflowJobError(last, await failureReason(client, last.id));
  }
  return last;
}
