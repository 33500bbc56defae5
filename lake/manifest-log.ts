import { addCounts } from './batch-counts.js';
import { LakeError } from './lake-error.js';
import type { BatchCounts, Manifest } from './manifest.js';
import { MANIFEST_FOLDER, manifestCheckpointPath, manifestPath, parseManifestListing } from './manifest-name.js';
import { readManifestHistory, type ManifestCheckpoint } from './manifest-history.js';
import type { Storage } from './storage/storage.js';

/** Manifests from one fold to the next: at most this many are read when a lake is opened. */
export const FOLD_EVERY = 100;

/** Manifests that stay behind the last fold, for readers at an older batch. */
export const KEEP_MANIFESTS = 1_000;

/** The last two always stay: a reader that follows the lake looks for them. */
const KEEP_AT_LEAST = 2;

/** Files deleted after one commit: more than a commit adds. */
const DELETIONS_A_COMMIT = 3;

export interface ManifestLogOptions {
  readonly foldEvery?: number;
  readonly keepManifests?: number;
}

/**
 * The manifests of a lake, as its only writer keeps them: `batches/<sequence>.json`, contiguous from 1, folded into a
 * running total every hundred.
 *
 * Delivery: an append that resolved is durable; one that failed may or may not be there, and the log then refuses to
 * go on. Throws a {@link LakeError} CONFLICT when the manifest is there already: a second writer.
 */
export class ManifestLog {
  #last: Manifest | null;
  #totals: BatchCounts;
  readonly #manifests: number[];
  readonly #checkpoints: number[];
  #broken = false;

  private constructor(
    private readonly storage: Storage,
    /** Manifests since the last fold, as they were when the lake was opened. */
    readonly recent: readonly Manifest[],
    last: Manifest | null,
    totals: BatchCounts,
    listing: { readonly manifests: readonly number[]; readonly checkpoints: readonly number[] },
    private readonly options: Required<ManifestLogOptions>,
  ) {
    this.#last = last;
    this.#totals = totals;
    this.#manifests = [...listing.manifests];
    this.#checkpoints = [...listing.checkpoints];
  }

  static async open(storage: Storage, options: ManifestLogOptions = {}): Promise<ManifestLog> {
    const listing = parseManifestListing(await storage.list(MANIFEST_FOLDER));
    const { recent, last, totals } = await readManifestHistory(storage, listing);
    const { foldEvery = FOLD_EVERY, keepManifests = KEEP_MANIFESTS } = options;
    const kept = Math.max(keepManifests, KEEP_AT_LEAST);
    return new ManifestLog(storage, recent, last, totals, listing, { foldEvery, keepManifests: kept });
  }

  /** Sequence of the last committed batch; 0 when there is none. */
  get head(): number {
    return this.#last?.sequence ?? 0;
  }

  get last(): Manifest | null {
    return this.#last;
  }

  get totals(): BatchCounts {
    return this.#totals;
  }

  /** The commit point of a batch. */
  async append(manifest: Manifest): Promise<void> {
    if (this.#broken) {
      const problem = 'A manifest could not be written before, and the outcome is not known';
      throw new LakeError('STOPPED', problem, 'Start again: unfinished batches are completed');
    }
    const path = manifestPath(manifest.sequence);
    // Whatever happens from here to the end of the write, only the storage knows whether the batch is committed.
    this.#broken = true;
    const outcome = await this.storage.putIfAbsent(path, toJson(manifest));
    if (outcome === 'exists') {
      const problem = `Another writer committed batch ${manifest.sequence} (${path})`;
      throw new LakeError(
        'CONFLICT',
        problem,
        'Stop the other writer, then start again: unfinished batches are completed',
      );
    }
    this.#broken = false;
    this.#last = manifest;
    this.#totals = addCounts(this.#totals, manifest.counts);
    this.#manifests.push(manifest.sequence);
  }

  /** Folds and cleans up; call once the batch is in all tables. */
  async maintain(): Promise<void> {
    const last = this.#last;
    if (last !== null && last.sequence - (this.#checkpoints.at(-1) ?? 0) >= this.options.foldEvery) {
      const checkpoint: ManifestCheckpoint = { format: 1, sequence: last.sequence, totals: this.#totals, last };
      await this.storage.putIfAbsent(manifestCheckpointPath(last.sequence), toJson(checkpoint));
      this.#checkpoints.push(last.sequence);
    }
    await this.#clean();
  }

  async #clean(): Promise<void> {
    const folded = this.#checkpoints.at(-1) ?? 0;
    for (let i = 0; i < DELETIONS_A_COMMIT; i++) {
      if (this.#checkpoints[0]! < folded - this.options.keepManifests) {
        await this.storage.delete(manifestCheckpointPath(this.#checkpoints[0]!));
        this.#checkpoints.shift();
      } else if ((this.#manifests[0] ?? Infinity) <= folded - this.options.keepManifests) {
        await this.storage.delete(manifestPath(this.#manifests[0]!));
        this.#manifests.shift();
      } else return;
    }
  }
}

function toJson(value: object): Uint8Array {
  return Buffer.from(JSON.stringify(value) + '\n', 'utf8');
}
