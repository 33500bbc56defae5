import type { ScoreSeries } from './persistence.js';

const MINUTE = 60_000;

/** Collects the scores of one patient's readings, in order of time, minute by minute: of several in a minute the lower median counts. */
export class MinuteScores {
  private readonly minutes: number[] = [];
  private readonly medians: number[] = [];
  private readonly current: number[] = [];

  /** @param score NaN where the reading has none */
  add(time: number, score: number): void {
    const minute = Math.floor(time / MINUTE);
    if (minute !== this.minutes.at(-1)) {
      this.settle();
      this.minutes.push(minute);
    }
    if (score === score) this.current.push(score);
  }

  series(): ScoreSeries {
    this.settle();
    return { minutes: Int32Array.from(this.minutes), scores: Float64Array.from(this.medians) };
  }

  private settle(): void {
    if (this.medians.length === this.minutes.length) return;
    this.current.sort((a, b) => a - b);
    this.medians.push(this.current[(this.current.length - 1) >> 1] ?? NaN);
    this.current.length = 0;
  }
}
