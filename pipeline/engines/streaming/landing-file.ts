import type { SourceMessage } from '../../sources/source.js';
import type { StreamMessage } from './stream-message.js';

/** A message out of a landing file: what bronze keeps, and what recognises it when it is delivered again. */
export interface LandedMessage extends SourceMessage {
  readonly receive_time: number;
  readonly source: string;
  /** Null where the broker gave no id: then a repeat cannot be told from a twin, and both are kept. */
  readonly delivery: string | null;
}

type Header = readonly [
  messageId: string | null,
  publishTime: number | null,
  receiveTime: number,
  source: string,
  dialect: string | null,
  attributes: string | null,
  delivery: string | null,
  bytes: number,
];

/** A landing file: one line of JSON with a header for each message, then their payloads, byte for byte. */
export function encodeLanding(messages: readonly StreamMessage[]): Uint8Array {
  const headers = messages.map((message): Header => {
    const { broker_id, publish_time, receive_time, source, dialect, attributes, payload } = message;
    const delivery = broker_id === null ? null : `${broker_id}/${message.offset}`;
    return [broker_id, publish_time, receive_time, source, dialect, attributes, delivery, payload.length];
  });
  return Buffer.concat([Buffer.from(JSON.stringify(headers) + '\n'), ...messages.map((message) => message.payload)]);
}

/** The inverse of {@link encodeLanding}; payloads are views of `bytes`. */
export function decodeLanding(bytes: Uint8Array): LandedMessage[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = buffer.indexOf(0x0a);
  let at = end + 1;
  return (JSON.parse(buffer.toString('utf8', 0, end)) as readonly Header[]).map((header) => {
    const [message_id, publish_time, receive_time, source, dialect, attributes, delivery, length] = header;
    const payload = buffer.subarray(at, at + length);
    at += length;
    return { payload, attributes, dialect, message_id, publish_time, receive_time, source, delivery };
  });
}
