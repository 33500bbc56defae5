import type { ClusterFolders, ClusterLog, FlinkCluster } from './cluster/cluster.js';
import { attachToCluster } from './cluster/attached.js';
import { startEmbeddedCluster } from './cluster/embedded.js';
import { requireFlink } from './cluster/java.js';
import { startStandaloneCluster } from './cluster/standalone.js';
import type { FlinkOptions } from './options.js';

/**
 * Opens the cluster that was chosen; one that is started comes up while other things are done.
 *
 * @throws ConfigurationError when it cannot be started here, or does not answer
 */
export async function openCluster(options: FlinkOptions, folders: ClusterFolders): Promise<FlinkCluster> {
  const { cluster, workers, depth } = options;
  const log: ClusterLog = (event) => options.log(event);
  switch (cluster.kind) {
    case 'attach':
      return attachToCluster(cluster.jobServer, workers);
    case 'embedded':
      requireFlink('--flink-cluster embedded');
      return startEmbeddedCluster(folders, workers, log);
    case 'standalone':
      requireFlink('--flink-cluster standalone');
      return startStandaloneCluster(folders, { taskManagers: cluster.taskManagers, jobs: depth }, log);
  }
}
