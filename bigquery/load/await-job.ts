import { isPassing, BigQueryRefusal } from './refusal.js';
import type { LoadJobState } from './load-job.js';
import type { WarehouseClient } from './warehouse-client.js';

/** How long one waits for jobs, and how often failed ones are tried anew. */
export interface Patience {
  readonly wait: (millis: number) => Promise<void>;
  /** Whether a job that failed may be followed by another attempt. */
  mayRetry(failure: BigQueryRefusal, attempts: number): boolean;
}

/** New attempts of one step in one run. */
const ATTEMPTS = 5;

/** Waits between two looks at a job grow from one to the other, ms. */
const FIRST_LOOK_MILLIS = 200;
const LAST_LOOK_MILLIS = 5_000;

/** Looks at a job, all in all: six hours at the slowest pace, BigQuery's own limit for a job. */
const LOOKS = (6 * 3_600_000) / LAST_LOOK_MILLIS;

export function patience(wait: (millis: number) => Promise<void>): Patience {
  return { wait, mayRetry: (failure, attempts) => isPassing(failure) && attempts < ATTEMPTS };
}

/** Waits until a job is done, well or badly. @throws BigQueryRefusal when there is no such job, or it never ends */
export async function awaitJob(
  client: WarehouseClient,
  jobId: string,
  location: string,
  { wait }: Pick<Patience, 'wait'>,
): Promise<LoadJobState> {
  for (let look = 1, pause = FIRST_LOOK_MILLIS; look <= LOOKS; look++) {
    const state = await client.job(jobId, location);
    if (state === null) throw new BigQueryRefusal(404, 'notFound', `the job ${jobId} is gone`);
    if (state.done) return state;
    await wait(pause);
    pause = Math.min(LAST_LOOK_MILLIS, pause * 1.5);
  }
  throw new BigQueryRefusal(0, 'timeout', `the job ${jobId} does not come to an end`);
}
