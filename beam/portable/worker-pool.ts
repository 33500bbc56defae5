import { fork, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { servePool, type PoolServer, type WorkerOrder } from './worker-pool-server.js';
import type { WorkerProcessOptions, WorkerProcessReport } from './worker-process.js';
import type { WorkerSetup } from './worker-setup.js';

/** A worker process of a pool. */
export interface PooledWorker {
  readonly pid: number;
  /** The runner's id for it; null while it waits for a runner. */
  readonly id: string | null;
}

/** Something that happened to a worker process. */
export type WorkerEvent =
  | { readonly kind: 'started'; readonly pid: number; readonly id: string }
  | {
      readonly kind: 'ended';
      readonly pid: number;
      readonly id: string | null;
      readonly code: number | null;
      /** SIGTERM is how a pool stops a worker that its runner is done with. */
      readonly signal: NodeJS.Signals | null;
    };

export interface WorkerPoolOptions {
  /** host:port to listen on; port 0 takes a free one. Default: 127.0.0.1:0, for runners of this machine only. */
  readonly address?: string;
  /** Processes that are kept ready: as many as a job asks for at once. A further one costs its start, about a second. */
  readonly spares: number;
  /** Provides the resources of the DoFns, and imports the graph. */
  readonly setup?: WorkerSetup;
  /** Modules to load besides; needed only without a setup. */
  readonly modules?: readonly string[];
  /** Flags of Node for each process, `--max-old-space-size=512` for instance. */
  readonly execArgv?: readonly string[];
  /** Environment of each process; default: this one's. */
  readonly env?: NodeJS.ProcessEnv;
  readonly onEvent?: (event: WorkerEvent) => void;
}

/** A pool of worker processes, started ahead of demand. */
export interface WorkerPool extends PoolServer {
  workers(): readonly PooledWorker[];
}

/** A fresh spare starts when the job that took one has started: both want the processor. */
const REFILL_DELAY_MILLIS = 300;

interface Kept {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly ready: Promise<void>;
  id: string | null;
}

/**
 * Opens a worker pool for `external` environments: a runner that asks for a worker gets a Node process that has loaded
 * everything already, one process a worker. A process that dies is the runner's to notice; it asks for another.
 *
 * @throws Error when the first process cannot be set up (see {@link WorkerSetup}, loadModules)
 */
export async function openWorkerPool(options: WorkerPoolOptions): Promise<WorkerPool> {
  const processes = new Set<Kept>();
  let closing = false;
  let refill: NodeJS.Timeout | undefined;

  const idle = () => [...processes].filter((kept) => kept.id === null);
  const spawn = (): Kept => {
    const kept = startProcess(options);
    processes.add(kept);
    kept.child.once('exit', (code, signal) => {
      processes.delete(kept);
      options.onEvent?.({ kind: 'ended', pid: kept.pid, id: kept.id, code, signal });
    });
    return kept;
  };
  const fill = () => {
    while (!closing && idle().length < options.spares) spawn();
  };
  const start = async (order: WorkerOrder) => {
    const kept = idle()[0] ?? spawn();
    kept.id = order.id;
    clearTimeout(refill);
    refill = setTimeout(fill, REFILL_DELAY_MILLIS);
    await kept.ready;
    await send(kept.child, order);
    options.onEvent?.({ kind: 'started', pid: kept.pid, id: order.id });
  };
  const stop = async (id: string) => {
    for (const kept of processes) if (kept.id === id) kept.child.kill();
  };

  fill();
  try {
    await (idle()[0] ?? spawn()).ready;
    const server = await servePool({ start, stop }, options.address ?? '127.0.0.1:0');
    const close = async () => {
      closing = true;
      clearTimeout(refill);
      await server.close();
      await endAll(processes);
    };
    return { address: server.address, close, workers: () => [...processes].map(({ pid, id }) => ({ pid, id })) };
  } catch (error) {
    closing = true;
    await endAll(processes);
    throw error;
  }
}

function startProcess({ setup, modules = [], execArgv = [], env = process.env }: WorkerPoolOptions): Kept {
  const options: WorkerProcessOptions = { modules, setup: setup ?? null };
  const child = fork(programPath(), [JSON.stringify(options)], {
    execArgv: [...execArgv],
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ready = new Promise<void>((resolve, reject) => {
    child.once('message', (report: WorkerProcessReport) =>
      'failed' in report ? reject(new Error(report.failed)) : resolve(),
    );
    child.on('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`beam: a worker process ended with code ${code} before it was ready`)),
    );
  });
  ready.catch(() => {});
  return { child, pid: child.pid ?? -1, ready, id: null };
}

/** @throws Error when the process has just ended; the runner is told, and asks again */
function send(child: ChildProcess, order: WorkerOrder): Promise<void> {
  return new Promise((resolve, reject) => child.send(order, (error) => (error ? reject(error) : resolve())));
}

/** The built program, whoever asks: a test runs from the sources, which Node cannot start. */
function programPath(): string {
  return createRequire(import.meta.url).resolve('vitals-lakehouse/beam/portable/worker-process');
}

async function endAll(processes: ReadonlySet<Kept>): Promise<void> {
  await Promise.all(
    [...processes].map(
      ({ child }) =>
        new Promise<void>((resolve) => {
          if (child.exitCode !== null || child.signalCode !== null) return resolve();
          child.once('exit', () => resolve());
          child.kill();
        }),
    ),
  );
}
