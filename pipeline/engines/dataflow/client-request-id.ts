import { createHash } from 'node:crypto';
import type { DataflowOptions } from './options.js';
import type { JobRequest } from './job-request.js';

/**
 * The id by which the service recognises a submission that it has had before, so that a request repeated after a lost
 * answer does not start a second job. A function of what is asked for and of the job of that name that ended last:
 * asking again for a job that is running is the same submission, asking for it after it has ended is a new one.
 *
 * @param predecessor id of the last job of that name which has ended, null when there is none
 * @returns 32 hexadecimal digits
 */
export function clientRequestId(
  options: Pick<DataflowOptions, 'project' | 'region'>,
  request: Omit<JobRequest, 'clientRequestId'>,
  predecessor: string | null,
): string {
  const { project, region } = options;
  return createHash('sha256')
    .update(JSON.stringify([project, region, { ...request, clientRequestId: '' }, predecessor]))
    .digest('hex')
    .slice(0, 32);
}
