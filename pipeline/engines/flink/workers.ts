import { openWorkerPool, type WorkerEvent, type WorkerPool } from '../../../beam/portable/index.js';
import type { GraphOptions } from '../../graph.js';
import type { GraphSetting } from '../micro-batch/share.js';
import { BUCKETS_PER_TASK } from './batch-jobs.js';
import type { FlinkCluster } from './cluster/cluster.js';
import { writeResources } from './resource-folder.js';

/** The worker processes of a run, and the graph that they are ready for. */
export interface Workers {
  readonly pool: WorkerPool;
  readonly graph: GraphOptions;
  /** Starts workers for another graph, and ends those that wait. Call when no job runs. */
  replace(setting: GraphSetting): Promise<void>;
}

/**
 * Starts worker processes ahead of the jobs that need them.
 *
 * @param folder of the run, for what the workers read when they start
 * @param onLost called when a worker at work has ended without being asked
 */
export async function openWorkers(
  setting: GraphSetting,
  cluster: FlinkCluster,
  folder: string,
  onLost: () => void,
): Promise<Workers> {
  const open = async ({ graph, resources }: GraphSetting) => {
    const spread = { ...graph, buckets: cluster.parallelism * BUCKETS_PER_TASK };
    const pool = await openWorkerPool({
      spares: cluster.parallelism * 2,
      setup: {
        module: 'vitals-lakehouse/pipeline/engines/flink/worker-setup',
        argument: await writeResources(folder, spread, resources),
      },
      onEvent: (event) => {
        if (isLost(event)) onLost();
      },
    });
    return { pool, graph: spread };
  };
  let current = await open(setting);
  return {
    get pool() {
      return current.pool;
    },
    get graph() {
      return current.graph;
    },
    replace: async (next) => {
      const before = current;
      current = await open(next);
      await before.pool.close();
    },
  };
}

/** Whether a worker at work has ended, and neither its runner nor its pool has asked it to. */
function isLost(event: WorkerEvent): boolean {
  return event.kind === 'ended' && event.id !== null && event.code !== 0 && event.signal !== 'SIGTERM';
}
