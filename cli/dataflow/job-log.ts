import { stateName, type Job, type JobMessage } from '../../pipeline/engines/dataflow/job.js';
import { sleep } from '../../pipeline/sleep.js';
import type { FollowWatch } from '../../pipeline/engines/dataflow/streaming-job.js';
import type { Watch } from '../../pipeline/engines/dataflow/watch-job.js';

/** Shows a job's states and messages, a line each with the job's id, on stderr. */
export function jobLog(id: () => string, signal: AbortSignal): Watch {
  const write = (text: string) => process.stderr.write(`${id()}  ${text}\n`);
  return {
    onState: (job: Job) => write(`is ${stateName(job)}`),
    onMessage: ({ messageImportance, messageText }: JobMessage) =>
      write(`${messageImportance.replace('JOB_MESSAGE_', '').toLowerCase()}: ${messageText.trim()}`),
    sleep,
    signal,
  };
}

/** The same for a job that is known by its name at first. */
export function followLog(name: string, signal: AbortSignal): FollowWatch {
  let id = name;
  return {
    ...jobLog(() => id, signal),
    onWaiting: () => void process.stderr.write(`${name}  no such job runs: waiting for one\n`),
    onFound: (job: Job) => {
      id = job.id;
      process.stderr.write(`${id}  is followed\n`);
    },
  };
}
