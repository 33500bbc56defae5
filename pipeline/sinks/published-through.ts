import type { Storage } from '../../lake/storage/storage.js';

/** Below the lake's root; may be deleted, then everything is published again. */
const FOLDER = '_published/';

/**
 * The last batch whose rows have all reached a topic: a number that only rises, kept in the lake as the name of an object.
 * Losing a write is harmless: rows are published again.
 */
export class PublishedThrough {
  readonly #folder: string;

  /** @param name tells one topic from another; letters and digits */
  constructor(
    private readonly storage: Storage,
    name: string,
  ) {
    this.#folder = `${FOLDER}${name}/`;
  }

  /** 0 when nothing was published yet. */
  async read(): Promise<number> {
    return (await this.#marks()).at(-1) ?? 0;
  }

  async write(batch: number): Promise<void> {
    await this.storage.putIfAbsent(this.#path(batch), Buffer.from('\n'));
    for (const older of await this.#marks()) if (older < batch) await this.storage.delete(this.#path(older));
  }

  async #marks(): Promise<number[]> {
    const names = (await this.storage.list(this.#folder)).map((path) => path.slice(this.#folder.length));
    return names.filter((name) => /^\d{12}$/.test(name)).map(Number);
  }

  #path(batch: number): string {
    return this.#folder + String(batch).padStart(12, '0');
  }
}
