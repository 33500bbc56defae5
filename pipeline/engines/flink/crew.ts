import { openStorage } from '../../../lake/storage/open.js';
import type { BatchToRun, Crew, CrewOptions } from '../micro-batch/crew.js';
import type { GraphOutcome } from '../micro-batch/graph-outcome.js';
import { PatientShare } from '../micro-batch/patient-share.js';
import type { GraphSetting, SettleInstruction, ShareOutcome } from '../micro-batch/share.js';
import { BatchJobs } from './batch-jobs.js';
import type { FlinkCluster } from './cluster/cluster.js';
import type { FlinkOptions } from './options.js';
import { EMPTY_OUTCOME } from './read-outcome.js';
import { openWorkers, type Workers } from './workers.js';

/** A batch that has run. */
interface RunBatch {
  readonly batch: BatchToRun;
  readonly outcome: GraphOutcome;
}

/**
 * Runs each batch as a bounded job on a Flink cluster, with worker processes that are started ahead, and settles it in this
 * thread: the cluster does the work that grows with the rules, this thread what must be done in one place.
 */
export class FlinkCrew implements Crew {
  readonly #ran = new Map<number, RunBatch>();

  private constructor(
    readonly depth: number,
    private readonly share: PatientShare,
    private readonly jobs: BatchJobs,
    private readonly workers: Workers,
  ) {}

  /** @param folder of this run, for resources of the workers */
  static async open(
    options: CrewOptions,
    flink: FlinkOptions,
    cluster: FlinkCluster,
    folder: string,
  ): Promise<FlinkCrew> {
    const { lake } = options;
    const storage = openStorage(lake);
    const { attempts, depth, log } = flink;
    const jobs = new BatchJobs({
      lake,
      storage,
      graph: () => workers.graph,
      cluster,
      pool: () => workers.pool.address,
      attempts,
      log,
    });
    const workers = await openWorkers(options, cluster, folder, () => jobs.workerLost());
    try {
      flink.onOpen?.({
        pids: () => cluster.pids(),
        workerPids: () => workers.pool.workers().flatMap(({ pid, id }) => (id === null ? [] : [pid])),
      });
      const share = await PatientShare.open({ ...options, index: 0, of: 1 });
      return new FlinkCrew(depth, share, jobs, workers);
    } catch (error) {
      await workers.pool.close();
      throw error;
    }
  }

  async run(batch: BatchToRun): Promise<void> {
    const outcome = batch.messages.length === 0 ? EMPTY_OUTCOME : await this.jobs.run(batch);
    this.#ran.set(batch.sequence, { batch, outcome });
  }

  async settle(instruction: SettleInstruction): Promise<ShareOutcome[]> {
    const ran = this.#ran.get(instruction.sequence);
    if (!ran) throw new Error(`flink: batch ${instruction.sequence} has not run`);
    this.#ran.delete(instruction.sequence);
    this.share.adopt(ran.batch.messages, ran.outcome);
    return [await this.share.settle(instruction)];
  }

  /** Workers read what they need when they start: new ones take the place of those that wait. */
  async adopt(setting: GraphSetting): Promise<void> {
    await this.workers.replace(setting);
  }

  async close(): Promise<void> {
    this.jobs.close();
    await this.workers.pool.close();
    await this.share.close();
  }
}
