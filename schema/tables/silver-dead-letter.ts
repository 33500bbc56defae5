import { defineTable, type RowOf } from '../column.js';

/** Everything that was refused, whole or in part, with its reason and the original bytes. */
export const SILVER_DEAD_LETTER = defineTable({
  tier: 'silver',
  name: 'dead_letter',
  description: 'Rejected items, rejected fields and losing versions, with reason and original bytes.',
  key: ['batch', 'offset', 'item', 'stage', 'reason', 'field'],
  partitionBy: 'receive_date',
  partitionSource: 'receive_time',
  clusterBy: ['reason'],
  // Originals identify people: kept as long as those of bronze, so that a reject can still be explained and repaired.
  warehouse: { partitionExpirationDays: 90, requirePartitionFilter: true },
  columns: [
    { name: 'batch', type: 'int64', required: true, description: 'Sequence of the batch.' },
    { name: 'offset', type: 'int32', required: true, description: 'Offset of the message in its batch.' },
    { name: 'item', type: 'int32', required: true, description: 'Item of the message, from 0.' },
    { name: 'stage', type: 'string', required: true, dictionary: true, description: 'decode, cleanse or deduplicate.' },
    {
      name: 'reason',
      type: 'string',
      required: true,
      dictionary: true,
      description: 'Reason code (docs/dead-letters.md).',
    },
    {
      name: 'field',
      type: 'string',
      required: false,
      dictionary: true,
      description: 'Field that was refused; null when the whole item was.',
    },
    {
      name: 'scope',
      type: 'string',
      required: true,
      dictionary: true,
      description: 'item (counts in I2), field (the rest of the reading went through) or conflict.',
    },
    {
      name: 'detail',
      type: 'string',
      required: true,
      dictionary: true,
      description: 'What was wrong, without any value that could identify a person.',
    },
    { name: 'original', type: 'bytes', required: true, identifying: true, description: 'The message, byte for byte.' },
    { name: 'source_message_id', type: 'string', required: true, description: 'message_id of the bronze message.' },
    { name: 'receive_time', type: 'timestamp', required: true, description: 'When the message was pulled.' },
    {
      name: 'rule_version',
      type: 'string',
      required: true,
      dictionary: true,
      description: 'Version of the rules that refused it.',
    },
    { name: 'receive_date', type: 'date', required: true, description: 'UTC date of receive_time.' },
  ],
});

export type DeadLetterRow = RowOf<typeof SILVER_DEAD_LETTER>;
