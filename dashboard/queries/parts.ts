/** Answers and parts of answers that are kept: each is computed once for everybody who asks for it. */
const KEPT = 200;

/**
 * A cache of what has been computed from committed state, the least recently used forgotten first. A key names all that a
 * value depends on (batch, versions of the tables, parameters), so that nothing in it is ever out of date.
 */
export class Parts {
  readonly #parts = new Map<string, Promise<unknown>>();

  get<T>(key: string, compute: () => Promise<T>): Promise<T> {
    const known = this.#parts.get(key) as Promise<T> | undefined;
    const part = known ?? compute();
    this.#parts.delete(key);
    this.#parts.set(key, part);
    if (known === undefined) {
      part.catch(() => this.#parts.delete(key));
      if (this.#parts.size > KEPT) this.#parts.delete(this.#parts.keys().next().value as string);
    }
    return part;
  }
}
