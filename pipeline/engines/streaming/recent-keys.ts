/** Remembers the last so many keys, twice that at most, in two generations. */
export class RecentKeys {
  #young = new Set<string>();
  #old = new Set<string>();

  constructor(private readonly generation: number) {}

  has(key: string): boolean {
    return this.#young.has(key) || this.#old.has(key);
  }

  add(key: string): void {
    this.#young.add(key);
    if (this.#young.size < this.generation) return;
    this.#old = this.#young;
    this.#young = new Set();
  }
}
