import { defineTable, type RowOf } from '../column.js';

/** Every message that was received, its bytes untouched: what everything else is computed from. */
export const BRONZE_PATIENT_VITALS = defineTable({
  tier: 'bronze',
  name: 'patient_vitals',
  description: 'Every message as it was received, bytes untouched.',
  key: ['batch', 'offset'],
  partitionBy: 'receive_date',
  partitionSource: 'receive_time',
  clusterBy: ['batch'],
  // Payloads identify people: the warehouse keeps no more than a quarter of a year of them, and nobody scans them by chance.
  warehouse: { partitionExpirationDays: 90, requirePartitionFilter: true },
  columns: [
    { name: 'batch', type: 'int64', required: true, description: 'Sequence of the batch that froze this message.' },
    { name: 'offset', type: 'int32', required: true, description: 'Position of the message in its batch, from 0.' },
    {
      name: 'message_id',
      type: 'string',
      required: true,
      description:
        "The payload's own message_id (of HL7 v2: MSH-10), else the broker's, else the payload's SHA-256 in hex. Not unique.",
    },
    { name: 'publish_time', type: 'timestamp', required: false, description: 'When the broker took the message.' },
    { name: 'receive_time', type: 'timestamp', required: true, description: 'When this pipeline pulled the message.' },
    {
      name: 'source',
      type: 'string',
      required: true,
      dictionary: true,
      description: 'URL of the source, without secrets.',
    },
    {
      name: 'dialect',
      type: 'string',
      required: false,
      dictionary: true,
      description: 'Declared dialect, null if none.',
    },
    {
      name: 'attributes',
      type: 'string',
      required: false,
      dictionary: true,
      identifying: true,
      description: 'Message attributes as a JSON object, keys sorted; null when there are none.',
    },
    { name: 'payload', type: 'bytes', required: true, identifying: true, description: 'The message, byte for byte.' },
    { name: 'payload_sha256', type: 'bytes', required: true, description: 'SHA-256 of the payload (32 bytes).' },
    { name: 'receive_date', type: 'date', required: true, description: 'UTC date of receive_time.' },
  ],
});

export type BronzeRow = RowOf<typeof BRONZE_PATIENT_VITALS>;
