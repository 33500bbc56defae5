import { addCounts, NO_COUNTS } from '../../../lake/batch-counts.js';
import type { LakeWriter } from '../../../lake/lake-writer.js';
import type { BatchVersions, Manifest } from '../../../lake/manifest.js';
import type { Crew } from './crew.js';
import { FiringSchedule, PANE_TABLES, type PaneTableName } from './firing.js';
import type { ShareOutcome } from './share.js';
import type { WardPanes } from './ward-panes.js';
import type { Watermark } from './watermark.js';

/** What a batch needs to be committed, beyond its messages. */
export interface BatchToCommit {
  readonly sequence: number;
  readonly messages: number;
  readonly versions: BatchVersions;
  /** Fire every pane: the source has ended. */
  readonly last: boolean;
}

/**
 * Takes a batch whose graph has run through settling, firing and the manifest. Batches come in sequence.
 *
 * Delivery: the manifest's creation is the commit point for all tables together; before it nothing of the batch counts,
 * after it everything does, whatever happens to this process.
 */
export class Committer {
  #pending: Record<PaneTableName, number> = {
    'gold.patient_summary': 0,
    'gold.vitals_hourly': 0,
    'gold.ward_alerts_hourly': 0,
  };
  #fired: Record<string, number>;
  readonly #schedule: FiringSchedule;

  constructor(
    private readonly lake: LakeWriter,
    private readonly crew: Crew,
    private readonly wards: WardPanes,
    private readonly watermark: Watermark,
    private readonly clock: () => number,
    /** Recorded data are run through: event times are not held against the clock. */
    private readonly recorded: boolean,
  ) {
    this.#fired = { ...(lake.lastManifest?.fired ?? {}) };
    this.#schedule = new FiringSchedule(clock());
  }

  /** Whether panes have changed that no firing has shown yet. */
  get hasPending(): boolean {
    return Object.values(this.#pending).some((count) => count > 0);
  }

  /** Whether something was committed that a table has not fired: true after a crash, until everything has fired. */
  get hasUnfired(): boolean {
    const head = this.lake.head;
    return this.hasPending || head === 0 || PANE_TABLES.some((table) => (this.#fired[table] ?? 0) < head);
  }

  async commit(batch: BatchToCommit): Promise<Manifest> {
    const { sequence, versions } = batch;
    const commitTime = this.clock();
    const fire = this.#schedule.due(this.#pending, commitTime, batch.last);
    const shares = await this.crew.settle({ sequence, watermark: this.watermark.value, commitTime, fire });
    await this.wards.add(shares.flatMap((share) => share.wardAlerts));
    const wardFiles = fire['gold.ward_alerts_hourly']
      ? await this.wards.fire(this.lake.storage, sequence, this.watermark.value)
      : [];
    this.#note(shares, sequence, fire);
    const manifest: Manifest = {
      format: 1,
      sequence,
      counts: { ...sum(shares), messages: batch.messages },
      versions,
      files: [...shares.flatMap((share) => share.files), ...wardFiles],
      watermark: this.watermark.value,
      fired: this.#fired,
      peak_rss: process.resourceUsage().maxRSS * 1024,
      committed_at: commitTime,
    };
    await this.lake.commit(manifest);
    return manifest;
  }

  #note(shares: readonly ShareOutcome[], sequence: number, fire: Record<PaneTableName, boolean>): void {
    const latest = Math.max(...shares.map((share) => share.latestEventTime));
    if (latest > -Infinity) this.watermark.observe(latest, this.recorded ? null : this.clock());
    const dirty = (table: 'gold.patient_summary' | 'gold.vitals_hourly') =>
      shares.reduce((total, share) => total + share.dirty[table], 0);
    this.#pending = {
      'gold.patient_summary': dirty('gold.patient_summary'),
      'gold.vitals_hourly': dirty('gold.vitals_hourly'),
      'gold.ward_alerts_hourly': this.wards.dirty,
    };
    const fired = Object.entries(fire).filter(([, fires]) => fires);
    this.#fired = { ...this.#fired, ...Object.fromEntries(fired.map(([table]) => [table, sequence])) };
  }
}

function sum(shares: readonly ShareOutcome[]): ShareOutcome['counts'] {
  return shares.reduce((total, share) => addCounts(total, { ...share.counts, messages: 0 }), NO_COUNTS);
}
