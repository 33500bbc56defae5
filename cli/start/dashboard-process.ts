import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { RunStatus } from '../../pipeline/engines/micro-batch/status.js';

/** What the dashboard's process says once. */
export type DashboardSaid = { readonly url: string } | { readonly problem: string };

/** What it is told after every commit. */
export interface DashboardTold {
  readonly status: RunStatus;
}

export interface DashboardProcess {
  readonly url: string;
  /** A batch was committed. */
  show(status: RunStatus): void;
  close(): Promise<void>;
}

const CHILD = fileURLToPath(new URL('./dashboard-child.js', import.meta.url));
/** A question that runs is waited for so long, milliseconds. */
const PATIENCE = 5_000;

/**
 * Opens the dashboard of a lake on the loopback address, in a process of its own: its questions take neither the pipeline's
 * memory (I8) nor its turns, and its end is not the pipeline's.
 *
 * Throws what the dashboard could not be opened for, such as a port that is in use.
 */
export async function startDashboard(
  lake: string,
  port: number,
  note: (text: string) => void,
): Promise<DashboardProcess> {
  // Structured clones, because JSON has no -Infinity: a watermark before the first reading.
  const child = fork(CHILD, [lake, String(port)], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const said = await new Promise<DashboardSaid>((resolve) => {
    child.once('message', (message) => resolve(message as DashboardSaid));
    child.once('error', (error) => resolve({ problem: error.message }));
    child.once('exit', (code) => resolve({ problem: `the dashboard ended with code ${code}` }));
  });
  if ('problem' in said) throw new Error(said.problem);
  let closing = false;
  void ended.then(() => closing || note('vitals: the dashboard has ended; the pipeline goes on'));
  return {
    url: said.url,
    show: (status) => {
      if (child.connected) child.send({ status } satisfies DashboardTold, () => undefined);
    },
    async close() {
      closing = true;
      if (child.connected) child.disconnect();
      const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
      await ended;
      clearTimeout(timer);
    },
  };
}
