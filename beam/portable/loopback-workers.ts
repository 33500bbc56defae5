import { runWorker, type RunningWorker } from './run-worker.js';
import { servePool, type PoolServer } from './worker-pool-server.js';

/**
 * A pool whose workers live in this process: DoFns find what the process holds, and one event loop serves them all. For
 * tests and small runs; a worker that is killed takes this process with it.
 */
export async function openLoopbackWorkers(): Promise<PoolServer> {
  const workers = new Map<string, RunningWorker>();
  const server = await servePool(
    {
      start: async ({ id, controlEndpoint }) => {
        const worker = runWorker(id, controlEndpoint);
        workers.set(id, worker);
        worker.ended.finally(() => workers.delete(id)).catch(() => {});
      },
      stop: async (id) => workers.get(id)?.stop(),
    },
    '127.0.0.1:0',
  );
  return {
    address: server.address,
    close: async () => {
      for (const worker of workers.values()) worker.stop();
      await server.close();
    },
  };
}
