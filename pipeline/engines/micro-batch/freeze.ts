import { createHash, hash } from 'node:crypto';
import type { BronzeRow } from '../../../schema/tables/bronze-patient-vitals.js';
import { utcDate } from '../../../transforms/event-date.js';
import { bronzeMessageId } from '../../sources/bronze-message-id.js';
import type { SourceMessage } from '../../sources/source.js';

/**
 * Turns pulled messages into the bronze rows of a batch: bytes untouched, with the message's id
 * (bronze-message-id.ts), its hash and the time it was received.
 */
export function bronzeRows(
  messages: readonly SourceMessage[],
  batch: number,
  source: string,
  receiveTime: number,
): BronzeRow[] {
  const receiveDate = utcDate(receiveTime);
  return messages.map((message, offset) => {
    const digest = sha256(message.payload);
    return {
      batch,
      offset,
      message_id: bronzeMessageId(message, () => Buffer.from(digest).toString('hex')),
      publish_time: message.publish_time,
      receive_time: message.receive_time ?? receiveTime,
      source: message.source ?? source,
      dialect: message.dialect,
      attributes: message.attributes,
      payload: message.payload,
      payload_sha256: digest,
      receive_date: message.receive_time === undefined ? receiveDate : utcDate(message.receive_time),
    };
  });
}

const sha256: (bytes: Uint8Array) => Uint8Array =
  typeof hash === 'function'
    ? (bytes) => hash('sha256', bytes, 'buffer')
    : (bytes) => createHash('sha256').update(bytes).digest();
