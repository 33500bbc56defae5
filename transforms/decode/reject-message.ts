import { Findings } from '../findings.js';
import type { Message } from '../reading.js';
import type { Reason } from '../reject.js';
import type { DecodedItems } from './dialect.js';

/** A message of which nothing can be read: one item, refused whole. */
export function rejectMessage(message: Message, reason: Reason, detail: string): DecodedItems {
  const { batch, offset, message_id, receive_time } = message;
  const findings = new Findings('decode', batch, offset, 0, message_id, receive_time, null);
  findings.refuseItem(null, reason, detail);
  return { rows: [], rejects: findings.rejects };
}
