import type { StreamingJob } from '../streaming/run-continuous.js';
import type { DataflowClient } from './dataflow-client.js';
import type { Job } from './job.js';
import { stopJob } from './stop-job.js';
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
