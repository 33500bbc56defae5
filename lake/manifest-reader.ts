import { addCounts, NO_COUNTS } from './batch-counts.js';
import { LogMoved } from './delta/read-log.js';
import { LakeError } from './lake-error.js';
import { readManifestHistory, readManifestIfThere } from './manifest-history.js';
import { MANIFEST_FOLDER, manifestPath, parseManifestListing } from './manifest-name.js';
import type { BatchCounts, Manifest } from './manifest.js';
import type { Storage } from './storage/storage.js';

/** A batch and what all batches up to it add up to. */
export interface Committed {
  readonly sequence: number;
  readonly manifest: Manifest | null;
  readonly totals: BatchCounts;
}

const NOTHING: Committed = { sequence: 0, manifest: null, totals: NO_COUNTS };

/** Follows the manifests of a lake beside its writer; after the first time it reads only new ones. */
export class ManifestReader {
  /** The last batch, and the one before it. */
  #last: readonly [Committed, Committed] | null = null;

  constructor(private readonly storage: Storage) {}

  /** The newest batch that has a manifest, and the one before it. */
  async refresh(): Promise<readonly [Committed, Committed]> {
    let [last, previous] = this.#last ?? (await this.#load());
    for (;;) {
      const manifest = await readManifestIfThere(this.storage, last.sequence + 1);
      if (manifest === null) break;
      [last, previous] = [after(last, manifest), last];
    }
    // Clean-up goes in order: while our own is there, the next one has not been cleaned up but does not exist yet.
    if (last.sequence > 0 && (await this.storage.stat(manifestPath(last.sequence))) === null) {
      throw new LogMoved(`${manifestPath(last.sequence)} is gone`);
    }
    this.#last = [last, previous];
    return this.#last;
  }

  forget(): void {
    this.#last = null;
  }

  /** An earlier batch. Throws a {@link LakeError} GONE once it has been cleaned up. */
  async at(sequence: number): Promise<Committed> {
    if (sequence === 0) return NOTHING;
    const found = (await this.#listUpTo(sequence)).at(-1);
    if (found?.sequence === sequence) return found;
    throw gone(sequence);
  }

  async #load(): Promise<readonly [Committed, Committed]> {
    const all = await this.#listUpTo(Infinity);
    const last = all.at(-1) ?? NOTHING;
    return [last, all.at(-2) ?? (await this.#before(last))];
  }

  /** The batch before one that has just been folded. */
  async #before({ sequence, manifest, totals }: Committed): Promise<Committed> {
    if (sequence <= 1 || manifest === null) return NOTHING;
    const previous = await readManifestIfThere(this.storage, sequence - 1);
    if (previous === null) throw new LogMoved(`${manifestPath(sequence - 1)} is gone`);
    return { sequence: sequence - 1, manifest: previous, totals: addCounts(totals, manifest.counts, -1) };
  }

  /** The batches since the last fold at or before a sequence, that fold first. */
  async #listUpTo(sequence: number): Promise<readonly Committed[]> {
    const listing = parseManifestListing(await this.storage.list(MANIFEST_FOLDER));
    const upTo = (found: number) => found <= sequence;
    const manifests = listing.manifests.filter(upTo);
    const checkpoints = listing.checkpoints.filter(upTo);
    const first = (checkpoints.at(-1) ?? 0) + 1;
    const oldest = manifests.find((found) => found >= first);
    if (sequence < Infinity && oldest !== undefined && oldest > first) throw gone(sequence);
    const history = await readManifestHistory(this.storage, { manifests, checkpoints });
    const { folded } = history;
    const start = folded ? { sequence: folded.sequence, manifest: folded.last, totals: folded.totals } : NOTHING;
    const all: Committed[] = [start];
    for (const manifest of history.recent) all.push(after(all.at(-1)!, manifest));
    return all;
  }
}

function after(previous: Committed, manifest: Manifest): Committed {
  return { sequence: manifest.sequence, manifest, totals: addCounts(previous.totals, manifest.counts) };
}

function gone(sequence: number): LakeError {
  return new LakeError('GONE', `The manifest of batch ${sequence} has been cleaned up`, 'Ask for a newer batch');
}
