import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { JobFailedError, submitPortably, type JobHandle } from '../../../beam/portable/index.js';
import type { Storage } from '../../../lake/storage/storage.js';
import { buildGraph, type GraphOptions } from '../../graph.js';
import { readFrozenParts } from '../../sources/read-frozen-parts.js';
import type { BatchToRun } from '../micro-batch/crew.js';
import type { GraphOutcome } from '../micro-batch/graph-outcome.js';
import type { FlinkCluster } from './cluster/cluster.js';
import { deleteOutcomes, outcomeFolder } from './outcome-folder.js';
import { readOutcome } from './read-outcome.js';
import { writeOutcome } from './write-outcome.js';

/** Milliseconds that a job may take. */
const JOB_MILLIS = 600_000;
/**
 * Milliseconds that a job which runs when a worker is lost may still take. Nearly always its own job fails at once; but a
 * task manager waits for ever for a worker that was lost before it had said a word.
 */
const LOST_WORKER_MILLIS = 60_000;
/** Milliseconds between attempts, times their number: an end must be noticed before its consequences can be seen to. */
const PAUSE_MILLIS = 250;
/** Parts of a batch for each task: hashing spreads many parts more evenly than few. */
const PARTS_PER_TASK = 4;
/** Buckets of patients for each task, for the same reason; more of them make blocks small. */
export const BUCKETS_PER_TASK = 4;

export interface BatchJobsOptions {
  readonly lake: string;
  readonly storage: Storage;
  /** What the next job is to run. */
  readonly graph: () => GraphOptions;
  readonly cluster: FlinkCluster;
  /** `host:port` of the pool that hands out workers. */
  readonly pool: () => string;
  /** Times that a batch's job is submitted. */
  readonly attempts: number;
  readonly log: (event: string) => void;
}

/** Runs the graph over frozen batches, one bounded job a batch, on a cluster whose processes may end at any time. */
export class BatchJobs {
  /** Tells the jobs of this run from those of others. */
  readonly #run = `vitals-${randomBytes(4).toString('hex')}`;
  readonly #closing = new AbortController();
  /** Attempts that run. */
  readonly #running = new Set<AbortController>();

  constructor(private readonly options: BatchJobsOptions) {}

  /**
   * Runs a batch's job until an attempt has done its work.
   *
   * Delivery: every attempt leaves its files in a folder of its own, and one whole attempt is taken, so it does not matter
   * how often and how far others have come.
   *
   * @throws JobFailedError, JobServiceError, OutcomeError, ProgramError: what the last attempt failed with
   */
  async run(batch: BatchToRun): Promise<GraphOutcome> {
    const { storage, attempts, log } = this.options;
    for (let attempt = 1; ; attempt += 1) {
      const name = `${this.#run}-${batch.sequence}-${attempt}`;
      const folder = outcomeFolder(batch.sequence, name);
      try {
        await this.#attempt(batch, name, folder);
        const outcome = await readOutcome(storage, folder, batch.messages.length);
        await deleteOutcomes(storage, batch.sequence);
        return outcome;
      } catch (error) {
        if (this.#closing.signal.aborted || attempt === attempts) throw error;
        log(`attempt ${attempt} at batch ${batch.sequence} failed: ${summaryOf(error)}`);
        await this.options.cluster.cancelJobs(name);
        await delay(PAUSE_MILLIS * attempt, undefined, { signal: this.#closing.signal });
      }
    }
  }

  /** Call when a worker has ended without being asked: whose job it was is not known. */
  workerLost(): void {
    const concerned = [...this.#running];
    const giveUp = () => {
      for (const attempt of concerned) attempt.abort(new Error('flink: a worker was lost, and the job did not go on'));
    };
    setTimeout(giveUp, LOST_WORKER_MILLIS).unref();
  }

  /** Gives up every job that runs. */
  close(): void {
    this.#closing.abort(new Error('flink: the run has ended'));
  }

  async #attempt(batch: BatchToRun, name: string, folder: string): Promise<void> {
    const { lake, graph, cluster, pool } = this.options;
    const jobEndpoint = await cluster.jobServer();
    const frozen = { lake, batch: batch.sequence, files: batch.files };
    const job = await submitPortably(
      (root) =>
        buildGraph(
          root,
          {
            read: (from) => readFrozenParts(from, frozen, partsFor(cluster.parallelism)),
            write: (output, rows) => writeOutcome({ lake, folder, shares: 1 }, output, rows),
          },
          graph(),
        ),
      {
        jobEndpoint,
        jobName: name,
        worker: { kind: 'external', address: pool() },
        pipelineOptions: cluster.pipelineOptions,
      },
    );
    const stop = new AbortController();
    this.#running.add(stop);
    try {
      const signal = AbortSignal.any([stop.signal, this.#closing.signal]);
      await job.waitUntilFinish({ timeoutMillis: JOB_MILLIS, signal });
    } catch (error) {
      if (!(error instanceof JobFailedError)) await cancel(job);
      throw error;
    } finally {
      this.#running.delete(stop);
      await job.close();
    }
  }
}

/** A job server that is no more cannot cancel. */
async function cancel(job: JobHandle): Promise<void> {
  await job.cancel().catch(() => undefined);
}

/** The first line of what went wrong: a runner sends whole stack traces. */
function summaryOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split('\n')[0] ?? '').slice(0, 300);
}

/** One worker needs no spreading. */
function partsFor(parallelism: number): number {
  return parallelism === 1 ? 1 : parallelism * PARTS_PER_TASK;
}
