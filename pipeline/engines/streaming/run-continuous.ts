import { openStorage } from '../../../lake/storage/open.js';
import type { Source } from '../../sources/source.js';
import type { MicroBatchOptions } from '../micro-batch/options.js';
import { runMicroBatches } from '../micro-batch/run-micro-batches.js';
import type { RunStatus } from '../micro-batch/status.js';
import { ContinuousCrew } from './continuous-crew.js';
import { LandingSource } from './landing-source.js';
import { PaneFeed, type FeedCounts } from './pane-feed.js';
import { PaneStore } from './pane-store.js';
import { panesFolder } from './stream-folder.js';
import type { StreamingOptions } from './streaming-options.js';

/** An unbounded job on its runner. */
export interface StreamingJob {
  /** Resolves when the job has ended as it should (drained), rejects with the reason when it failed. */
  readonly ended: Promise<void>;
  /** Stops reading, lets every open window fire, and ends the job. */
  drain(): Promise<void>;
  /** Ends the job at once; what it has landed stays. */
  cancel(): Promise<void>;
}

/** What a continuous run is set to, beyond what a run in micro-batches is. */
export interface ContinuousOptions extends Omit<MicroBatchOptions, 'source' | 'once' | 'workers'> {
  /** URL of what the job reads, without secrets, as it stands in bronze. */
  readonly sourceUrl: string;
  /** Name, firings and lateness of the job; lake and graph are those of the run. */
  readonly stream: Pick<StreamingOptions, 'job' | 'earlyMillis' | 'latenessMillis'>;
  /** Milliseconds between two listings of what has landed or fired. */
  readonly pollMillis?: number;
  /** How long the rest of a batch is waited for, and how long one of which nothing comes. */
  readonly stragglerMillis?: number;
  readonly silenceMillis?: number;
}

/** Where a continuous run stood at its end. */
export interface ContinuousStatus extends RunStatus {
  readonly feed: FeedCounts;
}

/** Fast against the firing of panes, slow against a listing of a folder. */
const POLL_MILLIS = 100;
/** A bucket's price list counts listings: two folders each second are five million a month. */
const BUCKET_POLL_MILLIS = 1_000;
/** Longer than a runner that restarts a worker is silent (3 s on Flink), shorter than the retention of any broker. */
const SILENCE_MILLIS = 30_000;
/** A pane whose message has not landed by then belongs to a bundle that was never finished. */
const RETAIN_PANES_MILLIS = 900_000;

/**
 * Commits what an unbounded job lands and fires, in the loop of the micro-batches: landed messages are frozen in bronze, a
 * batch waits for its panes, what does not come is run here, and one manifest commits it (docs/continuous.md).
 *
 * The job is started once the lake is locked. When the signal aborts, the job is drained, then everything that it has landed
 * is committed. Delivery: exactly once in silver and gold, whatever the runner repeats, drops or loses after landing.
 *
 * @throws what the job failed with, after everything that it had landed is committed
 */
export async function runContinuous(
  options: ContinuousOptions,
  start: () => Promise<StreamingJob>,
  signal: AbortSignal,
): Promise<ContinuousStatus> {
  const { clock, stream } = options;
  const storage = openStorage(options.lake);
  const pollMillis = options.pollMillis ?? (storage.local === null ? BUCKET_POLL_MILLIS : POLL_MILLIS);
  const drained = new AbortController();
  const landing = new LandingSource(storage, stream.job, options.sourceUrl, () => drained.abort());
  const patience = {
    pollMillis,
    stragglerMillis: options.stragglerMillis ?? 2 * stream.earlyMillis + 1_000,
    silenceMillis: options.silenceMillis ?? SILENCE_MILLIS,
    latenessMillis: stream.latenessMillis,
  };
  const feeds: PaneFeed[] = [];
  let job: StreamingJob | null = null;
  let failure: { readonly error: unknown } | null = null;
  const end = () => {
    landing.end();
    for (const feed of feeds) feed.end();
  };
  const source: Source = {
    url: landing.url,
    resume: async (positions) => {
      await landing.resume(positions);
      job = await start();
      watch(job, signal, (error) => {
        failure = error;
        end();
      });
    },
    pull: (limits) => landing.pull(limits),
    wait: (milliseconds, until) => landing.wait(milliseconds, until),
    close: () => landing.close(),
  };
  try {
    const status = await runMicroBatches(
      { ...options, source, once: false, workers: 0 },
      (crew) => {
        const panes = new PaneStore(
          storage,
          panesFolder({ job: stream.job, graph: crew.graph }),
          RETAIN_PANES_MILLIS,
          clock,
        );
        const feed = new PaneFeed(panes, patience, clock, () => !landing.hasPulled);
        feeds.push(feed);
        return ContinuousCrew.open(crew, feed);
      },
      drained.signal,
    );
    if (failure !== null) throw (failure as { readonly error: unknown }).error;
    return { ...status, feed: sum(feeds) };
  } catch (error) {
    // Nobody would commit what it lands; a job that has ended already has nothing to cancel.
    await (job as StreamingJob | null)?.cancel().catch(() => undefined);
    throw error;
  }
}

/** Drains the job when the signal aborts, and reports its end. */
function watch(job: StreamingJob, signal: AbortSignal, onEnd: (failure: { error: unknown } | null) => void): void {
  job.ended.then(
    () => onEnd(null),
    (error: unknown) => onEnd({ error }),
  );
  const drain = () => void job.drain().catch((error: unknown) => onEnd({ error }));
  if (signal.aborted) drain();
  else signal.addEventListener('abort', drain, { once: true });
}

function sum(feeds: readonly PaneFeed[]): FeedCounts {
  return feeds.reduce(
    (total, { counts }) => ({
      messages: total.messages + counts.messages,
      ranHere: total.ranHere + counts.ranHere,
    }),
    { messages: 0, ranHere: 0 },
  );
}
