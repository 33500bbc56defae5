import { NO_COUNTS } from '../../lake/batch-counts.js';
import type { RunStatus } from '../../pipeline/engines/micro-batch/status.js';
import type { LakeStore } from '../queries/lake-store.js';

/** The state of a lake that some other process writes, as a run would tell it; null before the first look at it. */
export function lakeStatus({ snapshot, commits }: LakeStore): RunStatus | null {
  if (snapshot === null) return null;
  return {
    totals: snapshot.totals,
    run: NO_COUNTS,
    sequence: snapshot.sequence,
    watermark: commits.last?.watermark ?? -Infinity,
    lagMillis: null,
    readingsPerSecond: 0,
    elapsedMillis: 0,
    peakRssBytes: commits.last?.peak_rss ?? 0,
  };
}
