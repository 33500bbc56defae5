import { sleep } from '../../../sleep.js';
import { ProgramError } from './program.js';

/** Milliseconds to wait for task managers to be counted by the job manager. */
const REGISTERED_MILLIS = 60_000;
const POLL_MILLIS = 100;
/** States that a job does not leave. */
const OVER = ['FINISHED', 'FAILED', 'CANCELED'];

interface JobOverview {
  readonly jid: string;
  readonly name: string;
  readonly state: string;
}

/** Waits until a cluster's job manager knows so many task managers. @throws ProgramError when it does not come to that */
export async function restStatus(url: string, taskManagers: number): Promise<void> {
  const deadline = performance.now() + REGISTERED_MILLIS;
  for (;;) {
    const overview = await read<{ taskmanagers: number }>(`${url}/overview`).catch(() => null);
    if (overview !== null && overview.taskmanagers >= taskManagers) return;
    if (performance.now() > deadline) {
      throw new ProgramError(
        `flink: the job manager knows ${overview?.taskmanagers ?? 'no'} of ${taskManagers} task managers`,
      );
    }
    await sleep(POLL_MILLIS);
  }
}

/** Cancels the jobs whose names start so and that are not over; a cluster that does not answer has none. */
export async function cancelJobs(url: string, prefix: string): Promise<void> {
  const answer = await read<{ jobs: readonly JobOverview[] }>(`${url}/jobs/overview`).catch(() => ({ jobs: [] }));
  const running = answer.jobs.filter((job) => job.name.startsWith(prefix) && !OVER.includes(job.state));
  await Promise.all(
    running.map((job) => fetch(`${url}/jobs/${job.jid}?mode=cancel`, { method: 'PATCH' }).catch(() => null)),
  );
}

async function read<T>(url: string): Promise<T> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) });
  if (!answer.ok) throw new ProgramError(`flink: ${url} answers ${answer.status}`);
  return (await answer.json()) as T;
}
