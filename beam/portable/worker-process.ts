/**
 * One worker of a pool: loads everything, tells its pool, and waits for its order (worker-pool.ts). It ends with its runner
 * or with its pool, whichever goes first.
 */
import { loadModules } from './load-modules.js';
import { runWorker } from './run-worker.js';
import type { WorkerOrder } from './worker-pool-server.js';
import { runSetup, type WorkerSetup } from './worker-setup.js';

/** What the pool gives a process to begin with, in its first argument as JSON. */
export interface WorkerProcessOptions {
  readonly modules: readonly string[];
  readonly setup: WorkerSetup | null;
}

/** What a process tells its pool. */
export type WorkerProcessReport = { readonly ready: true } | { readonly failed: string };

async function main(): Promise<void> {
  const { modules, setup } = JSON.parse(process.argv[2] ?? '{}') as WorkerProcessOptions;
  process.on('disconnect', () => process.exit(0));
  try {
    if (setup) await runSetup(setup);
    if (!setup || modules.length > 0) await loadModules(modules);
  } catch (error) {
    report({ failed: error instanceof Error ? error.message : String(error) });
    process.exitCode = 1;
    process.disconnect();
    return;
  }
  process.once('message', (order: WorkerOrder) => void work(order));
  report({ ready: true });
}

async function work({ id, controlEndpoint }: WorkerOrder): Promise<void> {
  try {
    await runWorker(id, controlEndpoint).ended;
  } catch {
    // The shim has said on stderr what was lost.
    process.exit(1);
  }
  process.exit(0);
}

function report(message: WorkerProcessReport): void {
  process.send?.(message);
}

void main();
