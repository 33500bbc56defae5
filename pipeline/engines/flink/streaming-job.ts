import { setTimeout as delay } from 'node:timers/promises';
import { JobFailedError, submitPortably, type JobHandle } from '../../../beam/portable/index.js';
import type { Storage } from '../../../lake/storage/storage.js';
import { pullAndLand } from '../streaming/pull-and-land.js';
import type { StreamingJob } from '../streaming/run-continuous.js';
import { stopMarker } from '../streaming/stream-folder.js';
import { buildLandedGraph } from '../streaming/streaming-graph.js';
import type { StreamingOptions } from '../streaming/streaming-options.js';
import type { FlinkCluster } from './cluster/cluster.js';

/** A job that fails so often within {@link SPAN_MILLIS} is not submitted again. */
const RESTARTS = 10;
const SPAN_MILLIS = 60_000;
/** Milliseconds before a failed job is submitted again: its processes have to end. */
const PAUSE_MILLIS = 500;
/** Milliseconds that a bundle stays open at most; Flink's default of a second would be a second of latency. */
const BUNDLE_MILLIS = 200;

export interface StreamingJobOptions {
  readonly stream: StreamingOptions;
  /** What the workers read (worker-source.ts). */
  readonly sourceUrl: string;
  readonly storage: Storage;
  readonly cluster: FlinkCluster;
  /** `host:port` of the pool that hands out workers. */
  readonly pool: string;
  readonly log: (event: string) => void;
}

/**
 * An unbounded job on Flink, submitted again whenever it fails: it needs no checkpoint, because what it has acknowledged has
 * landed, and what has landed is committed, by the panes of whichever job or by the committer itself.
 */
export class FlinkStreamingJob implements StreamingJob {
  readonly ended: Promise<void>;
  #job: JobHandle | null = null;
  #stopping = false;
  readonly #stop = new AbortController();

  private constructor(private readonly options: StreamingJobOptions) {
    this.ended = this.#keepRunning();
    // Whoever waits for it later hears of it then.
    this.ended.catch(() => undefined);
  }

  static async start(options: StreamingJobOptions): Promise<FlinkStreamingJob> {
    await options.storage.delete(stopMarker(options.stream.job));
    return new FlinkStreamingJob(options);
  }

  /** Lets the workers pull nothing more, waits until what they have pulled has fired, and ends the job. */
  async drain(): Promise<void> {
    const { storage, stream, log } = this.options;
    log('draining: nothing more is pulled');
    await storage.putIfAbsent(stopMarker(stream.job), new Uint8Array());
    // A pull that was under way, its bundle, the early firing of its panes, and the bundle that writes them.
    await delay(stream.earlyMillis + 3 * BUNDLE_MILLIS + DRAIN_SLACK_MILLIS);
    await this.cancel();
  }

  async cancel(): Promise<void> {
    this.#stopping = true;
    this.#stop.abort();
    await this.#job?.cancel().catch(() => undefined);
    await this.ended.catch(() => undefined);
  }

  async #keepRunning(): Promise<void> {
    let failures: number[] = [];
    while (!this.#stopping) {
      try {
        await this.#run();
      } catch (error) {
        if (this.#stopping) return;
        const now = performance.now();
        failures = [...failures.filter((failure) => now - failure < SPAN_MILLIS), now];
        if (failures.length > RESTARTS) throw error;
        this.options.log(`the job has failed and is submitted again: ${firstLineOf(error)}`);
        await delay(PAUSE_MILLIS);
      }
    }
  }

  async #run(): Promise<void> {
    const { stream, sourceUrl, cluster, pool } = this.options;
    const jobEndpoint = await cluster.jobServer();
    const job = await submitPortably(
      (root) => buildLandedGraph(root, (from) => pullAndLand(from, sourceUrl, stream), stream),
      {
        jobEndpoint,
        jobName: stream.job,
        worker: { kind: 'external', address: pool },
        pipelineOptions: { ...cluster.pipelineOptions, streaming: true, maxBundleTimeMills: BUNDLE_MILLIS },
      },
    );
    this.#job = job;
    try {
      await job.waitUntilFinish({ signal: this.#stop.signal });
    } catch (error) {
      // A job server that is lost may still have the job: two would share the subscription, and do no harm, but cost.
      if (!(error instanceof JobFailedError)) await job.cancel().catch(() => undefined);
      throw error;
    } finally {
      this.#job = null;
      await job.close();
    }
  }
}

const DRAIN_SLACK_MILLIS = 1_000;

/** The first line of what went wrong: a runner sends whole stack traces. */
function firstLineOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split('\n')[0] ?? '').slice(0, 300);
}
