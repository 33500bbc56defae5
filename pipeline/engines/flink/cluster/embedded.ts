import { NO_STAGING, type ClusterFolders, type ClusterLog, type FlinkCluster } from './cluster.js';
import { addressOf, startJobServer } from './job-server.js';
import { Supervised } from './supervised.js';

/** A job server that brings up a small cluster of its own inside itself for every job: one Java process for everything. */
export function startEmbeddedCluster(folders: ClusterFolders, parallelism: number, log: ClusterLog): FlinkCluster {
  const server = new Supervised(() => startJobServer('[local]', folders), log);
  return {
    name: 'embedded',
    parallelism,
    pipelineOptions: { parallelism, sdkWorkerParallelism: parallelism, ...NO_STAGING },
    jobServer: async () => addressOf(await server.running()),
    pids: async () => ({ 'job server': (await server.running()).pid }),
    // Its jobs end with it.
    cancelJobs: async () => {},
    close: () => server.close(),
  };
}
