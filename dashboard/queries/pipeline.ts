import type { PipelineAnswer, TableSize } from '../api.js';
import { NO_COUNTS } from '../../lake/batch-counts.js';
import { LakeError } from '../../lake/lake-error.js';
import type { LakeSnapshot } from '../../lake/reader.js';
import { qualifiedName, type Table } from '../../schema/column.js';
import { TABLES } from '../../schema/index.js';
import { alertLatency } from './alert-latency.js';
import type { Commit } from './commit-log.js';
import { iso, type Answer } from './moment.js';
import { modelsInUse } from './models-in-use.js';
import type { Question } from './question.js';
import { rejectReasons } from './reject-reasons.js';
import { MINUTE, minuteOf } from './times.js';

/** Minutes of commits that are shown. */
const MINUTES = 60;

/**
 * How the pipeline does: what came in and where it went, by the manifests, as `vitals audit` counts it.
 *
 * Throws a {@link LakeError} GONE for a time whose manifests have been cleaned up.
 */
export async function pipeline(question: Question): Promise<Answer<PipelineAnswer>> {
  const { moment, store } = question;
  if (moment.batch > 0 && moment.commit === null) throw gone();
  const { totals, watermark } = moment.commit ?? { totals: NO_COUNTS, watermark: null };
  const [rejects, models, tables, alert_latency] = await Promise.all([
    rejectReasons(question),
    modelsInUse(question),
    tableSizes(question),
    alertLatency(question),
  ]);
  return {
    totals,
    accounted: totals.received === totals.silver + totals.dead_letter + totals.suppressed,
    watermark: watermark === null ? null : iso(watermark),
    minutes: minutesOf(store.commits.commits, moment.commit),
    rejects,
    models,
    tables,
    alert_latency,
    peak_rss: moment.commit?.peak_rss ?? null,
  };
}

function gone(): LakeError {
  const problem = 'The counts of that time have been cleaned up with its manifests';
  return new LakeError('GONE', problem, 'Ask for a later time: the last 1,000 batches at least are kept');
}

/** The last hour of commits by the minute, as far back as their manifests are kept. */
function minutesOf(commits: readonly Commit[], last: Commit | null): PipelineAnswer['minutes'] {
  if (last === null) return [];
  const first = minuteOf(last.committed_at) - (MINUTES - 1) * MINUTE;
  const minutes = new Map<number, { received: number; lag_seconds: number | null }>();
  for (const commit of commits) {
    if (commit.committed_at < first || commit.sequence > last.sequence) continue;
    const minute = minuteOf(commit.committed_at);
    const { received, lag_seconds } = minutes.get(minute) ?? { received: 0, lag_seconds: null };
    const lag = lagOf(commit);
    const slowest = lag === null ? lag_seconds : Math.max(lag, lag_seconds ?? 0);
    minutes.set(minute, { received: received + commit.counts.received, lag_seconds: slowest });
  }
  const [start = minuteOf(last.committed_at)] = minutes.keys();
  const count = (minuteOf(last.committed_at) - start) / MINUTE + 1;
  return Array.from({ length: count }, (_, index) => {
    const minute = start + index * MINUTE;
    return { minute: iso(minute), ...(minutes.get(minute) ?? { received: 0, lag_seconds: null }) };
  });
}

/** Seconds from the newest event time of a batch to its commit; recorded data have none. */
function lagOf({ live, newest_event, committed_at }: Commit): number | null {
  return live && newest_event !== null ? Math.max(0, committed_at - newest_event) / 1000 : null;
}

async function tableSizes({ store, parts, moment }: Question): Promise<readonly TableSize[]> {
  if (moment.asOf === null) return sizesOf(moment.snapshot);
  return parts.get(`sizes ${moment.batch}`, async () => sizesOf(await store.snapshotAt(moment.batch)));
}

function sizesOf(snapshot: LakeSnapshot): readonly TableSize[] {
  return (TABLES as readonly Table[]).map((table) => {
    const files = snapshot.tables.get(qualifiedName(table))?.files ?? [];
    const rows = files.reduce((sum, file) => sum + (file.rows ?? 0), 0);
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    return { table: qualifiedName(table), files: files.length, rows, bytes };
  });
}
