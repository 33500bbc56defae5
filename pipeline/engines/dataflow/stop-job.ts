import { ConfigurationError } from '../../../schema/errors.js';
import type { DataflowClient, RequestedState } from './dataflow-client.js';
import { GoogleApiError } from './google-api.js';
import { hasEnded, stateName, type Job } from './job.js';

/** What `drain` and `cancel` ask for, and where a job that does so ends. */
export const STOPS = {
  drain: { requested: 'JOB_STATE_DRAINING', ended: 'JOB_STATE_DRAINED' },
  cancel: { requested: 'JOB_STATE_CANCELLED', ended: 'JOB_STATE_CANCELLED' },
} as const satisfies Readonly<Record<string, { requested: RequestedState; ended: string }>>;

export type Stop = keyof typeof STOPS;

/**
 * Finds a job by its id or, if no job has that id, the active one by its name.
 *
 * @throws ConfigurationError when there is none
 */
export async function findJob(client: DataflowClient, idOrName: string): Promise<Job> {
  if (JOB_ID.test(idOrName)) {
    return client.get(idOrName).catch((error: unknown) => {
      throw error instanceof GoogleApiError && error.status === NOT_FOUND ? noSuchJob(idOrName) : error;
    });
  }
  const active = await activeJob(client, idOrName);
  if (!active) throw noSuchJob(idOrName);
  return active;
}

/** The job of a name that has not ended; null when there is none. */
export async function activeJob(client: DataflowClient, name: string): Promise<Job | null> {
  return (await client.named(name)).find((job) => !hasEnded(job)) ?? null;
}

/**
 * Asks a job to stop. Asking again, or for what has happened, changes nothing.
 *
 * @throws ConfigurationError when the job has ended in another way
 * @throws GoogleApiError when the service refuses, such as for a drain of a bounded job
 */
export async function stopJob(client: DataflowClient, job: Job, stop: Stop): Promise<Job> {
  const { requested, ended } = STOPS[stop];
  if (job.currentState === ended || job.currentState === requested) return job;
  if (hasEnded(job)) {
    throw new ConfigurationError('JOB', `${job.id} is ${stateName(job)} already`, 'There is nothing left to stop.');
  }
  return client.request(job.id, requested);
}

/** As the service makes them: a date, a time, digits. */
const JOB_ID = /^\d{4}-\d{2}-\d{2}_\d{2}_\d{2}_\d{2}-\d+$/;
const NOT_FOUND = 404;

function noSuchJob(idOrName: string): ConfigurationError {
  return new ConfigurationError(
    'JOB',
    `there is no active job ${idOrName} in this region of the project`,
    'Give the id that vitals run has printed, or the name of a running job, and its --project and --region.',
  );
}
