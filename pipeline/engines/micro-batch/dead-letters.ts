import type { SilverRow } from '../../../schema/tables/silver-patient-vitals.js';
import type { DeadLetterRow } from '../../../schema/tables/silver-dead-letter.js';
import type { Message, ScoredReading } from '../../../transforms/reading.js';
import type { Reject } from '../../../transforms/reject.js';
import { utcDate } from '../../../transforms/event-date.js';
import type { LosingVersion } from './settle.js';

/** Finds the bytes of the message that brought a version in an earlier batch. */
export type PayloadLookup = (version: SilverRow) => Promise<Uint8Array>;

/**
 * The dead letters of a batch: rejects of the graph with the bytes of their message, and versions that lost a conflict.
 *
 * @param messages the messages of the batch that the rejects refer to by offset
 */
export async function deadLetterRows(
  rejects: readonly Reject[],
  conflicts: readonly LosingVersion[],
  messages: readonly Message[],
  ruleVersion: string,
  payloadOf: PayloadLookup,
): Promise<DeadLetterRow[]> {
  const byOffset = new Map(messages.map((message) => [message.offset, message.payload]));
  const rows = rejects.map((reject) => letter(reject, byOffset.get(reject.offset) ?? NOTHING, ruleVersion));
  for (const { row, winner } of conflicts) {
    // One of the two is of this batch, and still knows where it came from.
    const cause = ('receive_time' in row ? row : winner) as ScoredReading;
    const own = row === cause;
    const original = own ? byOffset.get(cause.offset) : await payloadOf(row);
    rows.push(letter(conflictReject(row.source_message_id, cause), original ?? NOTHING, ruleVersion));
  }
  return rows;
}

const NOTHING = new Uint8Array(0);

function conflictReject(messageId: string, cause: ScoredReading): Reject {
  return {
    stage: 'deduplicate',
    reason: 'CONFLICT',
    scope: 'conflict',
    field: null,
    detail: 'another final version of the same reading won',
    batch: cause.batch,
    offset: cause.offset,
    item: cause.item,
    source_message_id: messageId,
    receive_time: cause.receive_time,
  };
}

function letter(reject: Reject, original: Uint8Array, ruleVersion: string): DeadLetterRow {
  return {
    batch: reject.batch,
    offset: reject.offset,
    item: reject.item,
    stage: reject.stage,
    reason: reject.reason,
    field: reject.field,
    scope: reject.scope,
    detail: reject.detail,
    original,
    source_message_id: reject.source_message_id,
    receive_time: reject.receive_time,
    rule_version: ruleVersion,
    receive_date: utcDate(reject.receive_time),
  };
}
