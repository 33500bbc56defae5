import { createHash } from 'node:crypto';
import type { Message } from '../../../transforms/reading.js';
import { bronzeMessageId } from '../../sources/bronze-message-id.js';
import type { SourceMessage } from '../../sources/source.js';

/** A message on its way through an unbounded job: it has no place in bronze yet. */
export interface StreamMessage extends Message {
  /** The broker's id, null where the read does not tell it; a message that is delivered again keeps it. */
  readonly broker_id: string | null;
}

/** Stands for the batch of a message that has none yet. */
export const NO_BATCH = -1;

/**
 * A message as an unbounded read hands it to the graph. Its `offset` is a fingerprint of it (53 bits), by which the
 * committer finds what the graph made of it once bronze has given it a place.
 *
 * @param source URL without secrets, as it will stand in bronze
 * @param receiveTime the worker's clock, epoch milliseconds
 */
export function streamMessage(message: SourceMessage, source: string, receiveTime: number): StreamMessage {
  const { payload, publish_time } = message;
  const message_id = bronzeMessageId(message, () => createHash('sha256').update(payload).digest('hex'));
  return {
    batch: NO_BATCH,
    offset: fingerprint({ message_id, publish_time, payload }),
    message_id,
    publish_time,
    receive_time: receiveTime,
    source,
    dialect: message.dialect,
    attributes: message.attributes,
    payload,
    broker_id: message.message_id,
  };
}

/** 53 bits of a message's SHA-256, out of what bronze keeps of it: the same before and after it was frozen. */
export function fingerprint(message: Pick<Message, 'message_id' | 'publish_time' | 'payload'>): number {
  const digest = createHash('sha256')
    .update(`${message.message_id}\u0000${message.publish_time ?? ''}\u0000`)
    .update(message.payload)
    .digest();
  return digest.readUIntBE(0, 6) * 32 + ((digest[6] ?? 0) >> 3);
}

/** What rows, rejects and suppressed copies of a message have in common: its fingerprint and its id. */
export function messageKey(offset: number, messageId: string): string {
  return `${offset}/${messageId}`;
}
