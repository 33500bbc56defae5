/** Milliseconds before the second attempt, and at most. */
const FIRST_MILLIS = 100;
const LONGEST_MILLIS = 5_000;

/** Waits longer after each failure in a row, and knows since when nothing has worked. */
export class BackOff {
  #failures = 0;
  #since = 0;

  constructor(private readonly clock: () => number) {}

  /** Milliseconds since the first failure in a row; 0 when the last attempt worked. */
  get failingMillis(): number {
    return this.#failures === 0 ? 0 : this.clock() - this.#since;
  }

  /** Counts a failure; the milliseconds to wait before the next attempt. */
  failed(): number {
    if (this.#failures === 0) this.#since = this.clock();
    this.#failures += 1;
    return Math.min(FIRST_MILLIS * 2 ** (this.#failures - 1), LONGEST_MILLIS);
  }

  worked(): void {
    this.#failures = 0;
  }
}
