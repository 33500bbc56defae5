import type { LocalFiles, Storage } from '../../lake/storage/storage.js';

/** What the machine did to the process. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

/**
 * A storage that stops before (or just after) its k-th changing operation, and then does nothing any more, as a killed
 * process does.
 */
export class FaultyStorage implements Storage {
  readonly root: string;
  readonly local: LocalFiles | null;
  /** Changing operations so far. */
  operations = 0;
  #dead = false;

  constructor(
    private readonly inner: Storage,
    private readonly crashAt = Infinity,
    private readonly when: 'before' | 'after' = 'before',
    private readonly failure: () => unknown = () => new Crash('crashed'),
  ) {
    this.root = inner.root;
    const { local } = inner;
    this.local = local && {
      absolute: (path) => local.absolute(path),
      adopt: (path, file) => this.#change(() => local.adopt(path, file)),
      temporary: (path) => local.temporary(path),
      removeTemporaries: (prefix) => local.removeTemporaries(prefix),
    };
  }

  readRange(path: string, start: number, end: number | null) {
    return this.#alive(() => this.inner.readRange(path, start, end));
  }

  list(prefix: string) {
    return this.#alive(() => this.inner.list(prefix));
  }

  stat(path: string) {
    return this.#alive(() => this.inner.stat(path));
  }

  putIfAbsent(path: string, bytes: Uint8Array) {
    return this.#change(() => this.inner.putIfAbsent(path, bytes));
  }

  delete(path: string) {
    return this.#change(() => this.inner.delete(path));
  }

  async #change<T>(work: () => Promise<T>): Promise<T> {
    this.operations += 1;
    const strikes = this.operations === this.crashAt;
    if (strikes && this.when === 'before') this.#dead = true;
    const result = await this.#alive(work);
    if (strikes) this.#dead = true;
    if (strikes) throw this.failure();
    return result;
  }

  async #alive<T>(work: () => Promise<T>): Promise<T> {
    if (this.#dead) throw this.failure();
    return work();
  }
}
