import type { Storage } from '../storage/storage.js';
import { checkpointPath, commitPath, type LogListing } from './log-name.js';

/** Files deleted after one commit: more than a commit adds, so that clean-up keeps up and no commit waits for a heap. */
const DELETIONS_A_COMMIT = 3;

/**
 * Removes what a checkpoint has made superfluous from a log, a little after every commit. The newest checkpoint at or
 * before the versions to keep stays, and everything from it on: every kept version can still be read.
 */
export class LogCleaner {
  /** Versions from this one on are kept whatever their age; all of them until somebody says which. */
  keepFrom = -Infinity;
  readonly #commits: number[];
  readonly #checkpoints: number[];

  constructor(
    private readonly storage: Storage,
    private readonly folder: string,
    listing: LogListing,
    private readonly keepVersions: number,
  ) {
    this.#commits = [...listing.commits];
    this.#checkpoints = [...listing.checkpoints];
  }

  committed(version: number): void {
    this.#commits.push(version);
  }

  checkpointed(version: number): void {
    this.#checkpoints.push(version);
  }

  /**
   * Deletes up to a few files that are no longer needed at this head, oldest first.
   *
   * @param heldFrom versions from this one on are kept too
   */
  async step(head: number, heldFrom: number): Promise<void> {
    const needed = Math.min(head - this.keepVersions, this.keepFrom, heldFrom);
    const base = this.#checkpoints.filter((version) => version <= needed).at(-1);
    if (base === undefined) return;
    for (let i = 0; i < DELETIONS_A_COMMIT; i++) {
      // Checkpoints go first: one that still stands has all the commits after it.
      if (this.#checkpoints[0]! < base) await this.#drop(this.#checkpoints, checkpointPath);
      else if (this.#commits[0]! < base) await this.#drop(this.#commits, commitPath);
      else return;
    }
  }

  async #drop(versions: number[], path: (version: number) => string): Promise<void> {
    await this.storage.delete(this.folder + path(versions[0]!));
    versions.shift();
  }
}
