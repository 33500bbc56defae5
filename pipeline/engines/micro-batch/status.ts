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

export const NO_COUNTS: BatchCounts = {
  messages: 0,
  received: 0,
  silver: 0,
  dead_letter: 0,
  suppressed: 0,
  field_rejects: 0,
  conflicts: 0,
  alerts: 0,
};

export function addCounts(a: BatchCounts, b: BatchCounts): BatchCounts {
  return {
    messages: a.messages + b.messages,
    received: a.received + b.received,
    silver: a.silver + b.silver,
    dead_letter: a.dead_letter + b.dead_letter,
    suppressed: a.suppressed + b.suppressed,
    field_rejects: a.field_rejects + b.field_rejects,
    conflicts: a.conflicts + b.conflicts,
    alerts: a.alerts + b.alerts,
  };
}
