import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkerPool, type WorkerPool } from '../../../beam/portable/index.js';
import { openStorage } from '../../../lake/storage/open.js';
import { runContinuous, type ContinuousOptions, type ContinuousStatus } from '../streaming/run-continuous.js';
import { checkJobName, type StreamingOptions } from '../streaming/streaming-options.js';
import { checkWorkerSource } from '../streaming/worker-source.js';
import { BUCKETS_PER_TASK } from './batch-jobs.js';
import type { ClusterFolders, FlinkCluster } from './cluster/cluster.js';
import { openCluster } from './open-cluster.js';
import type { FlinkOptions } from './options.js';
import { writeResources } from './resource-folder.js';
import { FlinkStreamingJob } from './streaming-job.js';

/**
 * Runs the graph continuously on Flink: an unbounded job reads the source in every task and fires panes every two seconds;
 * this process commits them (docs/continuous.md). SIGTERM, that is the signal, drains the job.
 *
 * Delivery: exactly once in silver and gold, as {@link runContinuous} has it. A worker, a task manager or the job server
 * that ends costs seconds: the job is submitted again.
 *
 * @param options `sourceUrl` is what the workers read, with its settings
 * @throws ConfigurationError for a source that several workers cannot read, or when there is no cluster to be had
 */
export async function runFlinkStreaming(
  options: ContinuousOptions,
  flink: FlinkOptions,
  signal: AbortSignal,
): Promise<ContinuousStatus> {
  checkWorkerSource(options.sourceUrl);
  checkJobName(options.stream.job);
  const scratch = await mkdtemp(join(tmpdir(), 'vitals-flink-'));
  const logs = flink.logFolder ?? scratch;
  try {
    await mkdir(logs, { recursive: true });
    return await runOnCluster(options, flink, { scratch, logs }, signal);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function runOnCluster(
  options: ContinuousOptions,
  flink: FlinkOptions,
  folders: ClusterFolders,
  signal: AbortSignal,
): Promise<ContinuousStatus> {
  const cluster = await openCluster(flink, folders);
  let pool: WorkerPool | null = null;
  const start = async () => {
    const graph = { ...options.graph, buckets: cluster.parallelism * BUCKETS_PER_TASK };
    const stream: StreamingOptions = { ...options.stream, lake: options.lake, graph };
    pool = await openPool(cluster, graph, options, folders.scratch);
    const { address, workers } = pool;
    flink.onOpen?.({
      pids: () => cluster.pids(),
      workerPids: () => workers().flatMap(({ pid, id }) => (id === null ? [] : [pid])),
    });
    const { sourceUrl } = options;
    const storage = openStorage(options.lake);
    return FlinkStreamingJob.start({ stream, sourceUrl, storage, cluster, pool: address, log: flink.log });
  };
  try {
    return await runContinuous(options, start, signal);
  } finally {
    await (pool as WorkerPool | null)?.close();
    await cluster.close();
  }
}

async function openPool(
  cluster: FlinkCluster,
  graph: StreamingOptions['graph'],
  { resources }: ContinuousOptions,
  folder: string,
): Promise<WorkerPool> {
  return openWorkerPool({
    spares: cluster.parallelism,
    setup: {
      module: 'vitals-lakehouse/pipeline/engines/flink/streaming-worker-setup',
      argument: await writeResources(folder, graph, resources),
    },
  });
}
