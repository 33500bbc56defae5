import type { LakeWriter } from '../../../lake/lake-writer.js';

/** Batches between two looks at the tables: compaction merges 32 small files of a partition and more. */
const COMPACT_EVERY_BATCHES = 64;

/**
 * Keeps a lake of one-second batches small: merges small files and deletes what was replaced, beside the batches. One round
 * at a time; the next batch does not wait for it.
 */
export class Maintenance {
  #running: Promise<void> | null = null;
  #failure: unknown;
  #last: number;

  constructor(private readonly lake: LakeWriter) {
    this.#last = lake.head;
  }

  /** Call after each commit. @throws what an earlier round failed with: the lake may then not be writable */
  afterCommit(): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#running !== null || this.lake.head - this.#last < COMPACT_EVERY_BATCHES) return;
    this.#last = this.lake.head;
    this.#running = this.#round().then(
      () => (this.#running = null),
      (error: unknown) => {
        this.#failure = error;
        this.#running = null;
      },
    ) as Promise<void>;
  }

  /** Waits for the round that is running. */
  async end(): Promise<void> {
    await this.#running;
    if (this.#failure !== undefined) throw this.#failure;
  }

  async #round(): Promise<void> {
    await this.lake.compact();
    await this.lake.vacuum();
  }
}
