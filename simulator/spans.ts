import type { Random } from './random.js';

/**
 * Stretches of time that come as a Poisson process and last a uniform while: when a sensor is off, or a value missing.
 * They depend on the stream alone, not on how often one looks.
 */
export class Spans {
  /** The span that is on or comes next, epoch ms. */
  start: number;
  end: number;

  /**
   * @param meanGap mean milliseconds between the end of one span and the start of the next
   * @param shortest @param longest milliseconds that a span lasts
   */
  constructor(
    private readonly random: Random,
    from: number,
    private readonly meanGap: number,
    private readonly shortest: number,
    private readonly longest: number,
  ) {
    this.start = from;
    this.end = from;
    this.next();
  }

  /** Whether the time is within a span; times never go back. */
  covers(time: number): boolean {
    while (time >= this.end) this.next();
    return time >= this.start;
  }

  private next(): void {
    this.start = Math.round(this.end + this.random.exponential(this.meanGap));
    this.end = this.start + Math.round(this.random.between(this.shortest, this.longest));
  }
}
