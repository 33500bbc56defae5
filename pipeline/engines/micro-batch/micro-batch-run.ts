import { addCounts, NO_COUNTS } from '../../../lake/batch-counts.js';
import type { LakeWriter } from '../../../lake/lake-writer.js';
import type { BatchVersions, Manifest } from '../../../lake/manifest.js';
import { CommittedState } from './committed-state.js';
import { ONE_HOUR, windowStart } from '../../../transforms/window.js';
import { BatchQueue } from './batch-queue.js';
import { Committer } from './committer.js';
import type { BatchToRun, Crew, OpenCrew } from './crew.js';
import { bronzeRows } from './freeze.js';
import { Maintenance } from './maintenance.js';
import type { MicroBatchOptions } from './options.js';
import type { SourcePositions } from '../../sources/source.js';
import type { RunStatus } from './status.js';
import { sameVersions, saveVersions, type RunSetting } from './version-store.js';
import { WardPanes } from './ward-panes.js';
import { Watermark } from './watermark.js';

/** One run over an open lake: its crew, its panes, its loop. */
export class MicroBatchRun {
  readonly #started: number;
  readonly #maintenance: Maintenance;
  readonly #queue: BatchQueue<BatchToRun>;
  #counts = NO_COUNTS;
  #last: Manifest | null;
  #lag: number | null = null;
  /** What batches are frozen with now. */
  #versions: BatchVersions;

  private constructor(
    private readonly options: MicroBatchOptions,
    private readonly lake: LakeWriter,
    private readonly crew: Crew,
    private readonly committer: Committer,
    private readonly closeLookups: () => Promise<void>,
  ) {
    this.#started = options.clock();
    this.#last = lake.lastManifest;
    this.#versions = options.versions;
    this.#maintenance = new Maintenance(lake);
    this.#queue = new BatchQueue(
      crew.depth,
      (batch) => crew.run(batch),
      (batch) => this.#commit(batch, false),
    );
  }

  static async open(options: MicroBatchOptions, lake: LakeWriter, openCrew: OpenCrew): Promise<MicroBatchRun> {
    const initialWatermark = lake.lastManifest?.watermark ?? -Infinity;
    const committed = new CommittedState(options.lake);
    const committedThrough = await committed.latestEventTime();
    const crew = await openCrew({
      lake: options.lake,
      graph: options.graph,
      resources: options.resources,
      head: lake.head,
      watermark: initialWatermark,
      fired: lake.lastManifest?.fired ?? {},
      committedThrough,
      indexKeys: Math.ceil(options.indexKeys / Math.max(1, options.workers)),
      residentPanes: RESIDENT_PANES,
    });
    const wards = new WardPanes(committed, {
      resident: RESIDENT_PANES,
      committedThrough: windowStart(committedThrough, ONE_HOUR),
      watermark: initialWatermark,
    });
    if (lake.head > 0) await wards.recover(lake.lastManifest?.fired['gold.ward_alerts_hourly'] ?? 0);
    const watermark = new Watermark(options.outOfOrdernessMillis, initialWatermark);
    const committer = new Committer(lake, crew, wards, watermark, options.clock, options.recorded ?? options.once);
    return new MicroBatchRun(options, lake, crew, committer, () => committed.close());
  }

  async drive(signal: AbortSignal): Promise<RunStatus> {
    await this.options.source.resume(this.lake.positions() as SourcePositions | null);
    await this.finishFrozen();
    let idleSince = this.options.clock();
    while (!signal.aborted && !this.#queue.failed) {
      const started = this.options.clock();
      const next = await this.options.nextSetting?.();
      if (next) await this.#adopt(next);
      const pulled = await this.options.source.pull(this.options.limits);
      if (pulled.messages.length > 0) {
        const batch = await this.#freeze(pulled.messages, pulled.positions);
        await pulled.acknowledge();
        await this.#queue.add(batch);
        idleSince = this.options.clock();
      } else {
        await this.#queue.drain();
        if (this.options.once && pulled.drained) break;
        if (this.committer.hasPending && this.options.clock() - idleSince >= IDLE_FIRE_MILLIS) await this.#fireAll();
      }
      // A broker's source may be empty without being drained: then there is something to wait for, also in a run to the end.
      const empty = pulled.messages.length === 0;
      if (!this.options.once || empty) await this.#pace(started, pulled.drained || empty, signal);
    }
    await this.#queue.drain();
    if (this.committer.hasUnfired) await this.#fireAll();
    return this.status();
  }

  /** Runs batches that are frozen with this run's versions and have no manifest yet. */
  async finishFrozen(): Promise<void> {
    for (const { sequence, files, versions } of this.lake.unfinishedBatches()) {
      if (!sameVersions(versions, this.#versions)) break;
      await this.#queue.add({ sequence, files, messages: await this.lake.readFrozen(sequence) });
    }
    await this.#queue.drain();
  }

  status(): RunStatus {
    const elapsedMillis = this.options.clock() - this.#started;
    return {
      totals: this.lake.totals,
      run: this.#counts,
      sequence: this.lake.head,
      watermark: this.#last?.watermark ?? -Infinity,
      lagMillis: this.#lag,
      readingsPerSecond: elapsedMillis > 0 ? (this.#counts.received / elapsedMillis) * 1000 : 0,
      elapsedMillis,
      peakRssBytes: process.resourceUsage().maxRSS * 1024,
    };
  }

  async close(): Promise<void> {
    await this.#maintenance.end();
    await this.crew.close();
    await this.closeLookups();
    await this.options.source.close();
  }

  async #freeze(pulled: Parameters<typeof bronzeRows>[0], positions: SourcePositions): Promise<BatchToRun> {
    const sequence = this.lake.nextSequence;
    const messages = bronzeRows(pulled, sequence, this.options.source.url, this.options.clock());
    const { files } = await this.lake.freeze(messages, { positions, versions: this.#versions });
    return { sequence, messages, files };
  }

  /** Every batch that was frozen is committed first, so that each has one setting from its freeze to its commit. */
  async #adopt(setting: RunSetting): Promise<void> {
    await this.#queue.drain();
    if (this.#queue.failed) return;
    await saveVersions(this.lake.storage, setting);
    await this.crew.adopt(setting);
    this.#versions = setting.versions;
  }

  async #commit({ sequence, messages }: BatchToRun, last: boolean): Promise<void> {
    const versions = this.#versions;
    const manifest = await this.committer.commit({ sequence, messages: messages.length, versions, last });
    this.#last = manifest;
    this.#counts = addCounts(this.#counts, manifest.counts);
    const known = !this.options.once && Number.isFinite(manifest.watermark);
    this.#lag = known ? manifest.committed_at - manifest.watermark - this.options.outOfOrdernessMillis : null;
    this.options.onStatus(this.status());
    this.#maintenance.afterCommit();
  }

  /** An empty batch that fires every pane: at the end of a run, and when a live source has gone quiet. */
  async #fireAll(): Promise<void> {
    const batch = await this.#freeze([], (this.lake.positions() ?? {}) as SourcePositions);
    await this.crew.run(batch);
    await this.#commit(batch, true);
  }

  async #pace(started: number, drained: boolean, signal: AbortSignal): Promise<void> {
    const rest = this.options.batchMillis - (this.options.clock() - started);
    if (drained && rest > 0) await this.options.source.wait(rest, signal);
  }
}

/** Clean panes that a share keeps: half an hour of 2,800 patient-minutes. */
const RESIDENT_PANES = 100_000;
/** A live source that has been quiet for so long gets its panes fired. */
const IDLE_FIRE_MILLIS = 10_000;
