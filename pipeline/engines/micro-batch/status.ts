import type { BatchCounts } from '../../../lake/manifest.js';

/** Where a run stands, after each commit. */
export interface RunStatus {
  /** Of the lake, all runs together. */
  readonly totals: BatchCounts;
  /** Of this run. */
  readonly run: BatchCounts;
  readonly sequence: number;
  /** Epoch milliseconds; -Infinity before the first reading. */
  readonly watermark: number;
  /** Milliseconds from the latest event time to its commit; null while nothing has come. */
  readonly lagMillis: number | null;
  readonly readingsPerSecond: number;
  readonly elapsedMillis: number;
  readonly peakRssBytes: number;
}
