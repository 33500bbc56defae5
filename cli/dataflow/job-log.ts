import { stateName, type Job, type JobMessage } from '../../pipeline/engines/dataflow/job.js';
import { sleep } from '../../pipeline/sleep.js';
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
