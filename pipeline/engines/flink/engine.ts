import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStorage } from '../../../lake/storage/open.js';
import type { CrewOptions } from '../micro-batch/crew.js';
import type { MicroBatchOptions } from '../micro-batch/options.js';
import { runMicroBatches } from '../micro-batch/run-micro-batches.js';
import type { RunStatus } from '../micro-batch/status.js';
import type { ClusterFolders } from './cluster/cluster.js';
import { FlinkCrew } from './crew.js';
import { openCluster } from './open-cluster.js';
import type { FlinkOptions } from './options.js';
import { deleteStaleOutcomes } from './outcome-folder.js';

/**
 * Micro-batches on Flink: each frozen batch is a bounded job of Beam on a session cluster; the loop and the commit are those
 * of the direct engine.
 *
 * Delivery: exactly once in silver and gold, as {@link runMicroBatches} has it. A worker, a task manager, the job manager or
 * the job server that ends costs time: what was submitted is submitted again, and what had been frozen cannot be lost.
 *
 * @returns where the run stood at its end
 * @throws ConfigurationError when there is no cluster to be had, LakeError as runMicroBatches does, and what the last
 *   attempt at a batch failed with
 */
export async function runFlink(
  options: MicroBatchOptions,
  flink: FlinkOptions,
  signal: AbortSignal,
): Promise<RunStatus> {
  const scratch = await mkdtemp(join(tmpdir(), 'vitals-flink-'));
  const logs = flink.logFolder ?? (await mkdtemp(join(tmpdir(), 'vitals-flink-logs-')));
  try {
    await mkdir(logs, { recursive: true });
    const status = await runOnCluster(options, flink, { scratch, logs }, signal);
    if (flink.logFolder === null) await rm(logs, { recursive: true, force: true });
    return status;
  } catch (error) {
    if ((await readdir(logs)).length > 0) flink.log(`the logs of the cluster are in ${logs}`);
    throw error;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function runOnCluster(
  options: MicroBatchOptions,
  flink: FlinkOptions,
  folders: ClusterFolders,
  signal: AbortSignal,
): Promise<RunStatus> {
  const cluster = await openCluster(flink, folders);
  let cleaned = false;
  const openCrew = async (crewOptions: CrewOptions) => {
    // Only now is the lake this run's alone.
    if (!cleaned) await deleteStaleOutcomes(openStorage(options.lake));
    cleaned = true;
    return FlinkCrew.open(crewOptions, flink, cluster, folders.scratch);
  };
  try {
    return await runMicroBatches({ ...options, workers: 0 }, openCrew, signal);
  } finally {
    await cluster.close();
  }
}
