import { addCounts } from '../../lake/batch-counts.js';
import { concurrently } from '../../lake/concurrently.js';
import { readManifestIfThere } from '../../lake/manifest-history.js';
import { MANIFEST_FOLDER, parseManifestListing } from '../../lake/manifest-name.js';
import type { BatchCounts, Manifest } from '../../lake/manifest.js';
import type { LakeSnapshot } from '../../lake/reader.js';
import type { Storage } from '../../lake/storage/storage.js';
import { DEFAULT_OUT_OF_ORDERNESS_MILLIS } from '../../pipeline/engines/micro-batch/options.js';
import { qualifiedName } from '../../schema/column.js';
import { SILVER_PATIENT_VITALS } from '../../schema/tables/silver-patient-vitals.js';

/** What the dashboard keeps of a committed batch. Times are epoch milliseconds. */
export interface Commit {
  readonly sequence: number;
  readonly committed_at: number;
  readonly counts: BatchCounts;
  /** Of all batches up to this one. */
  readonly totals: BatchCounts;
  /** Null before the first reading. */
  readonly watermark: number | null;
  /** Newest event time of this batch's readings; null when it has none. */
  readonly newest_event: number | null;
  /** Newest event time of all readings up to this batch, as far as is known. */
  readonly latest_event: number | null;
  /** Live data: event times were held against the clock. */
  readonly live: boolean;
  readonly model_id: string | null;
  readonly peak_rss: number;
}

/** Commits that are kept: three hours of one a second, two megabytes. */
const KEPT = 10_000;

/**
 * The commits of a lake, as far back as it keeps their manifests (1,000 batches at least, manifest-log.ts) and then as long
 * as this process follows it. A cache: another process that opens the lake later knows fewer of the old ones, never others.
 */
export class CommitLog {
  #commits: Commit[] = [];

  constructor(private readonly storage: Storage) {}

  /** In sequence, without gaps. */
  get commits(): readonly Commit[] {
    return this.#commits;
  }

  get last(): Commit | null {
    return this.#commits.at(-1) ?? null;
  }

  /** Takes in the manifests up to a snapshot's batch. */
  async follow(snapshot: LakeSnapshot): Promise<void> {
    const known = this.last?.sequence ?? 0;
    if (snapshot.sequence <= known) return;
    const manifests = known === 0 ? await this.#all(snapshot.sequence) : await this.#between(known, snapshot.sequence);
    if (manifests[0]?.sequence !== known + 1) this.#commits = [];
    let totals = manifests.reduce((left, { counts }) => addCounts(left, counts, -1), snapshot.totals);
    for (const manifest of manifests) {
      totals = addCounts(totals, manifest.counts);
      this.#commits.push(commitOf(manifest, totals, this.last));
    }
    if (this.#commits.length > KEPT) this.#commits = this.#commits.slice(-KEPT);
  }

  /** The newest batch that had been committed by a time; null when it is older than what is known, or there was none. */
  by(time: number): Commit | null {
    return this.#commits.findLast((commit) => commit.committed_at <= time) ?? null;
  }

  async #all(last: number): Promise<readonly Manifest[]> {
    const { manifests } = parseManifestListing(await this.storage.list(MANIFEST_FOLDER));
    return this.#read(manifests.filter((sequence) => sequence <= last));
  }

  #between(known: number, last: number): Promise<readonly Manifest[]> {
    return this.#read(Array.from({ length: last - known }, (_, index) => known + 1 + index));
  }

  /** What can still be read, back from the newest to the first that has been cleaned up. */
  async #read(sequences: readonly number[]): Promise<readonly Manifest[]> {
    const found = await concurrently(sequences, (sequence) => readManifestIfThere(this.storage, sequence));
    return found.slice(found.lastIndexOf(null) + 1) as Manifest[];
  }
}

function commitOf(manifest: Manifest, totals: BatchCounts, previous: Commit | null): Commit {
  const newest = newestEvent(manifest);
  // JSON has no -Infinity: a lake without a reading has null here.
  const watermark = Number.isFinite(manifest.watermark) ? manifest.watermark : null;
  return {
    sequence: manifest.sequence,
    committed_at: manifest.committed_at,
    counts: manifest.counts,
    totals,
    watermark,
    newest_event: newest,
    latest_event: latestOf(newest, previous?.latest_event ?? (watermark === null ? null : frontierOf(watermark))),
    live: manifest.versions.check_clock,
    model_id: manifest.versions.model_id,
    peak_rss: manifest.peak_rss,
  };
}

/** The newest event time that a watermark trails: no further ahead of the clock than the engine's tolerance. */
export function frontierOf(watermark: number): number {
  return watermark + DEFAULT_OUT_OF_ORDERNESS_MILLIS;
}

function newestEvent(manifest: Manifest): number | null {
  const silver = qualifiedName(SILVER_PATIENT_VITALS);
  const times = manifest.files.filter((file) => file.table === silver).map((file) => file.stats['event_time']?.[1]);
  return times.reduce<number | null>((latest, time) => latestOf(latest, time ?? null), null);
}

function latestOf(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}
