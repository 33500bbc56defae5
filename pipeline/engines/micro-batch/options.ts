import type { BatchVersions } from '../../../lake/manifest.js';
import type { GraphOptions } from '../../graph.js';
import type { PullLimits, Source } from '../../sources/source.js';
import type { ShareResources } from './share.js';
import type { RunStatus } from './status.js';
import type { RunSetting } from './version-store.js';

/** What a run in micro-batches is set to. */
export interface MicroBatchOptions {
  /** Folder of the lake, or `gs://bucket/prefix`. */
  readonly lake: string;
  readonly source: Source;
  readonly graph: GraphOptions;
  readonly resources: ShareResources;
  readonly versions: BatchVersions;
  /**
   * What later batches are to run with, null while nothing has changed: how a model that is promoted takes effect in a run.
   * Asked before each batch, so it says when it last looked; a batch that is frozen keeps what it was frozen with.
   */
  readonly nextSetting?: () => Promise<RunSetting | null>;
  /** Drain the source, fire every pane and return; otherwise run until the signal aborts. */
  readonly once: boolean;
  /** Whether event times are recorded ones, which the clock says nothing about; default: as {@link once} is. */
  readonly recorded?: boolean;
  /** Shares of the patients, each in a worker thread; 0 keeps the one share in this thread. */
  readonly workers: number;
  readonly limits: PullLimits;
  /** Milliseconds between the starts of two batches of a live run. */
  readonly batchMillis: number;
  /** Milliseconds that event times may trail the latest one and still be on time. */
  readonly outOfOrdernessMillis: number;
  /** Entries of the duplicate index, all shares together. */
  readonly indexKeys: number;
  readonly clock: () => number;
  readonly onStatus: (status: RunStatus) => void;
}

/**
 * Micro-batch: one second or 20,000 messages, whichever comes first; 64 MB keeps a batch of large messages bounded. Larger
 * batches of 50,000 save little time and cost a quarter more memory (docs/benchmarks.md).
 */
export const DEFAULT_LIMITS: PullLimits = { messages: 20_000, bytes: 64 << 20 };
/** Longer than a monitor gateway buffers; later readings are counted as late and still merged. */
export const DEFAULT_OUT_OF_ORDERNESS_MILLIS = 30_000;
/** An hour of 2,800 readings a second. */
export const DEFAULT_INDEX_KEYS = 10_000_000;
