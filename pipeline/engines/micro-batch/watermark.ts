/**
 * The event-time watermark: a heuristic promise that nothing older is still to come. It trails the latest event time by
 * the out-of-orderness, and never falls. What comes after all is late, not lost.
 */
export class Watermark {
  #latest: number;

  /**
   * @param outOfOrderness milliseconds that event times may trail the latest one and still be on time
   * @param initial watermark of the last committed batch, or -Infinity
   */
  constructor(
    private readonly outOfOrderness: number,
    initial: number,
  ) {
    this.#latest = initial + outOfOrderness;
  }

  /**
   * Takes in the latest event time of a batch. An event time ahead of `now` by more than the tolerance counts as the
   * tolerance only: one fast clock must not close everybody's windows.
   *
   * @param now wall clock of a live run, null when recorded data are run through
   */
  observe(latestEventTime: number, now: number | null): void {
    const bounded = now === null ? latestEventTime : Math.min(latestEventTime, now + CLOCK_TOLERANCE_MILLIS);
    if (bounded > this.#latest) this.#latest = bounded;
  }

  get value(): number {
    return this.#latest - this.outOfOrderness;
  }
}

/** RELIABILITY.md row 56: five minutes ahead is skew. */
const CLOCK_TOLERANCE_MILLIS = 300_000;
