import { stateName, type Job, type JobMessage } from '../../pipeline/engines/dataflow/job.js';
import type { Watch } from '../../pipeline/engines/dataflow/watch-job.js';

/** Shows a job's states and messages, a line each with the job's id, on stderr. */
export function jobLog(id: () => string, signal: AbortSignal): Watch {
  const write = (text: string) => process.stderr.write(`${id()}  ${text}\n`);
  return {
    onState: (job: Job) => write(`is ${stateName(job)}`),
    onMessage: ({ messageImportance, messageText }: JobMessage) =>
      write(`${messageImportance.replace('JOB_MESSAGE_', '').toLowerCase()}: ${messageText.trim()}`),
    sleep: pause,
    signal,
  };
}

/** Resolves after a time, or when the signal aborts. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const settle = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', settle);
      resolve();
    };
    const timer = setTimeout(settle, milliseconds);
    signal?.addEventListener('abort', settle, { once: true });
  });
}
