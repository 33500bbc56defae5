import type { TopicMessage } from '../../brokers/pubsub/ordered-publisher.js';
import type { DeadLetterRow } from '../../schema/tables/silver-dead-letter.js';

/** The largest original that fits a message of 10 MB beside its attributes. */
const LARGEST_ORIGINAL = 9_500_000;

/**
 * A dead letter as a message: the original bytes, and attributes that say why and where, none of which identifies a
 * person. An original that is empty or too large stays in the lake: `original_bytes` tells its size, batch and offset its place.
 */
export function deadLetterMessage(row: DeadLetterRow): TopicMessage {
  const { original } = row;
  return {
    data: original.length <= LARGEST_ORIGINAL ? original : new Uint8Array(0),
    attributes: {
      stage: row.stage,
      reason: row.reason,
      scope: row.scope,
      message_id: row.source_message_id,
      batch: String(row.batch),
      offset: String(row.offset),
      item: String(row.item),
      rule_version: row.rule_version,
      original_bytes: String(original.length),
    },
    orderingKey: '',
  };
}
