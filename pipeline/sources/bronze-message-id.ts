import { scanControlId, scanMessageId } from '../../transforms/decode/message-id.js';
import type { SourceMessage } from './source.js';

/**
 * The id under which bronze keeps a message: the payload's own `message_id`, else the broker's, else the control id of an
 * HL7 v2 message (MSH-10), else the hash of its bytes. One rule for batches and for unbounded jobs, whose messages are
 * found again in bronze by it.
 *
 * @param hash SHA-256 of the payload in hex; asked for only when nothing else names the message
 */
export function bronzeMessageId({ payload, message_id }: SourceMessage, hash: () => string): string {
  return scanMessageId(payload) ?? message_id ?? scanControlId(payload) ?? hash();
}
