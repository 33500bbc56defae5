import { checkPlace } from '../../pipeline/engines/dataflow/check-options.js';
import { hasEnded, stateName } from '../../pipeline/engines/dataflow/job.js';
import { findJob, STOPS, stopJob, type Stop } from '../../pipeline/engines/dataflow/stop-job.js';
import { DataflowJobError, failureReason, watchJob } from '../../pipeline/engines/dataflow/watch-job.js';
import { openClient } from './client.js';
import { jobLog } from './job-log.js';
import { placeOf } from './options.js';
import type { JobPlaceFlags } from './flags.js';

export interface StopArguments extends JobPlaceFlags {
  readonly job: string;
  readonly wait: boolean;
  readonly json: boolean;
}

/**
 * Asks a job to stop and, unless told otherwise, follows it to its end.
 *
 * @throws ConfigurationError when there is no such job, DataflowJobError when it ends in another way than was asked for
 */
export async function stopAndFollow(args: StopArguments, stop: Stop, signal: AbortSignal): Promise<void> {
  const place = placeOf(args);
  checkPlace(place);
  const client = openClient(place, args['dataflow-endpoint']);
  const asked = await stopJob(client, await findJob(client, args.job), stop);
  const job = args.wait
    ? await watchJob(
        client,
        asked.id,
        jobLog(() => asked.id, signal),
      )
    : await client.get(asked.id);
  const state = { job: job.id, state: stateName(job) };
  process.stdout.write((args.json ? JSON.stringify(state) : `${state.job} is ${state.state}`) + '\n');
  if (hasEnded(job) && job.currentState !== STOPS[stop].ended) {
    throw new DataflowJobError(job, await failureReason(client, job.id));
  }
}
