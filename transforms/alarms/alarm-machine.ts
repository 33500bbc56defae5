import type { AlarmRule } from './alarm-rule.js';

/** How an alarm ended: its value came back, or values stopped coming. */
export type AlarmEnding = 'cleared' | 'lost';

/** One alarm of one patient and rule. Times are epoch milliseconds of event time. */
export interface AlarmSpan {
  /** First of the values beyond the limit for which it was raised. */
  readonly onset: number;
  readonly raisedAt: number;
  /** When it was cleared, or the last value before values stopped; null while it is on. */
  readonly endedAt: number | null;
  readonly ending: AlarmEnding | null;
  /** The value furthest into danger from onset to end. */
  readonly worst: number;
}

interface Standing {
  readonly onset: number;
  readonly raisedAt: number;
  endedAt: number | null;
  ending: AlarmEnding | null;
  /** Worst up to `endedAt`, and up to now: what came after the end counts only if the alarm is raised again. */
  worst: number;
  seen: number;
}

const SECOND = 1000;

/**
 * Runs one rule over the values of one patient in order of event time. Pure but for its own state: the same values give
 * the same alarms, so that a late reading is answered by running again.
 */
export class AlarmMachine {
  private lastTime = NaN;
  /** Start of the run of values beyond the limit that is going on, and its worst; NaN when none is. */
  private onset = NaN;
  private pendingWorst = NaN;
  private safeSince = NaN;
  private standing: Standing | null = null;
  private readonly above: boolean;

  constructor(
    private readonly rule: AlarmRule,
    private readonly emit: (alarm: AlarmSpan) => void,
  ) {
    this.above = rule.side === 'above';
  }

  /**
   * Takes the next value, or the values of a stretch that begins at `time` as their least and greatest: a stretch is beyond
   * the limit, or safe, when all of it is.
   *
   * @param time epoch milliseconds, never before the last
   * @param least NaN where the value is missing
   */
  observe(time: number, least: number, greatest: number = least): void {
    if (time - this.lastTime > this.rule.gapSeconds * SECOND) this.lose();
    if (Number.isNaN(least)) return;
    this.lastTime = time;
    const danger = this.above ? greatest : least;
    const beyond = this.above ? least >= this.rule.raiseAt : greatest <= this.rule.raiseAt;
    const safe = this.above ? greatest <= this.rule.clearAt : least >= this.rule.clearAt;
    this.note(time, danger, beyond, safe);
    if (this.standing !== null && this.standing.endedAt === null) {
      if (safe && time - this.safeSince >= this.rule.clearSeconds * SECOND) this.end(time, 'cleared');
    } else if (beyond && time - this.onset >= this.rule.delaySeconds * SECOND) this.raise(time);
  }

  /** The end of the values: what is still on leaves with no end. */
  finish(): void {
    if (this.standing === null) return;
    if (this.standing.endedAt === null) this.standing.worst = this.standing.seen;
    this.leave(this.standing);
  }

  private note(time: number, danger: number, beyond: boolean, safe: boolean): void {
    if (this.standing !== null) this.standing.seen = this.worse(this.standing.seen, danger);
    if (!beyond) this.onset = NaN;
    else if (Number.isNaN(this.onset)) {
      this.onset = time;
      this.pendingWorst = danger;
    } else this.pendingWorst = this.worse(this.pendingWorst, danger);
    if (!safe) this.safeSince = NaN;
    else if (Number.isNaN(this.safeSince)) this.safeSince = time;
  }

  private raise(time: number): void {
    const before = this.standing;
    if (before !== null && time - (before.endedAt as number) <= this.rule.rearmSeconds * SECOND) {
      before.endedAt = null;
      before.ending = null;
      return;
    }
    if (before !== null) this.leave(before);
    const worst = this.pendingWorst;
    this.standing = { onset: this.onset, raisedAt: time, endedAt: null, ending: null, worst, seen: worst };
  }

  private end(time: number, ending: AlarmEnding): void {
    const standing = this.standing as Standing;
    standing.endedAt = time;
    standing.ending = ending;
    standing.worst = standing.seen;
  }

  /** Too long without a value: what is on ends with the last one. */
  private lose(): void {
    if (this.standing !== null && this.standing.endedAt === null) this.end(this.lastTime, 'lost');
    this.lastTime = NaN;
    this.onset = NaN;
    this.safeSince = NaN;
  }

  private leave({ onset, raisedAt, endedAt, ending, worst }: Standing): void {
    this.standing = null;
    this.emit({ onset, raisedAt, endedAt, ending, worst });
  }

  private worse(a: number, b: number): number {
    return this.above ? Math.max(a, b) : Math.min(a, b);
  }
}
