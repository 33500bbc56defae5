import type { Flags } from './reading.js';
import type { Reason, Reject, RejectScope } from './reject.js';

/** Shared by everything that found nothing: staged results hold it, nobody writes to it. */
export const NO_REJECTS: readonly Reject[] = Object.freeze([]);

/**
 * What a stage notes about one item while it reads it: flags (repairs and qualities, by field) and rejects.
 * Belongs to one call; inherited flags are copied before the first change, so that no input is ever written to.
 */
export class Findings {
  private notes: Record<string, string[]> | null = null;
  private refused: Reject[] | null = null;

  constructor(
    private readonly stage: Reject['stage'],
    private readonly batch: number,
    private readonly offset: number,
    private readonly item: number,
    private readonly sourceMessageId: string,
    private readonly receiveTime: number,
    private readonly inherited: Flags | null,
  ) {}

  /** Flags of the earlier stage and of this one; null when there are none. */
  get flags(): Flags | null {
    return this.notes ?? this.inherited;
  }

  get rejects(): readonly Reject[] {
    return this.refused ?? NO_REJECTS;
  }

  flag(field: string, code: string): void {
    if (this.notes === null) {
      this.notes = {};
      for (const name in this.inherited) this.notes[name] = [...(this.inherited[name] ?? [])];
    }
    const codes = this.notes[field];
    if (codes === undefined) this.notes[field] = [code];
    else if (!codes.includes(code)) codes.push(code);
  }

  /** Refuses one field: it becomes null with its code among the flags, the rest of the reading goes through. */
  refuse(field: string, reason: Reason, detail: string): null {
    this.flag(field, reason);
    this.reject('field', field, reason, detail);
    return null;
  }

  /** Refuses the whole item; to be called at most once an item. */
  refuseItem(field: string | null, reason: Reason, detail: string): void {
    this.reject('item', field, reason, detail);
  }

  private reject(scope: RejectScope, field: string | null, reason: Reason, detail: string): void {
    this.refused ??= [];
    this.refused.push({
      stage: this.stage,
      reason,
      scope,
      field,
      detail,
      batch: this.batch,
      offset: this.offset,
      item: this.item,
      source_message_id: this.sourceMessageId,
      receive_time: this.receiveTime,
    });
  }
}
