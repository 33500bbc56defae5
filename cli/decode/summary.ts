import type { Reason, Reject } from '../../transforms/reject.js';

type Tally = Partial<Record<Reason, number>>;

/** What became of a file: `messages` in, each item once as a reading or rejected; field rejects come on top. */
export class DecodeSummary {
  messages = 0;
  readings = 0;
  rejected = 0;
  field_rejects = 0;
  readonly rejected_by_reason: Tally = {};
  readonly field_rejects_by_reason: Tally = {};

  add(reject: Reject): void {
    const whole = reject.scope === 'item';
    if (whole) this.rejected++;
    else this.field_rejects++;
    const tally = whole ? this.rejected_by_reason : this.field_rejects_by_reason;
    tally[reject.reason] = (tally[reject.reason] ?? 0) + 1;
  }

  /** Adds what became of another file. */
  include(other: DecodeSummary): void {
    this.messages += other.messages;
    this.readings += other.readings;
    this.rejected += other.rejected;
    this.field_rejects += other.field_rejects;
    addTally(this.rejected_by_reason, other.rejected_by_reason);
    addTally(this.field_rejects_by_reason, other.field_rejects_by_reason);
  }

  /** Every message has ended as at least one item: the accounting that the exit code stands for. */
  get isComplete(): boolean {
    return this.readings + this.rejected >= this.messages;
  }

  /** One line for a person. */
  toString(): string {
    const whole = `${this.rejected} rejected${listed(this.rejected_by_reason)}`;
    const fields = `${this.field_rejects} fields rejected${listed(this.field_rejects_by_reason)}`;
    return `${this.messages} messages: ${this.readings} readings, ${whole}; ${fields}`;
  }
}

function addTally(to: Tally, from: Tally): void {
  for (const [reason, count] of Object.entries(from) as [Reason, number][]) to[reason] = (to[reason] ?? 0) + count;
}

function listed(tally: Tally): string {
  const reasons = Object.entries(tally).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return reasons.length === 0 ? '' : ` (${reasons.map(([reason, count]) => `${reason} ${count}`).join(', ')})`;
}
