import type { SourceMessage } from '../source.js';
import type { ReceivedMessage } from './connection.js';

/** A message of Pub/Sub as bronze takes it: bytes untouched, attributes with sorted keys, the broker's id and time. */
export function sourceMessage({ data, attributes, messageId, publishTime }: ReceivedMessage['message']): SourceMessage {
  return {
    // A message with attributes alone may come with an empty text.
    payload: typeof data === 'string' ? Buffer.from(data, 'base64') : data,
    attributes: attributesText(attributes),
    dialect: attributes['dialect'] || null,
    message_id: messageId,
    publish_time:
      publishTime === null ? null : Number(publishTime.seconds) * 1000 + Math.floor(publishTime.nanos / 1e6),
  };
}

/** A JSON object with its keys sorted, null when it is empty: the same attributes are the same text. */
function attributesText(attributes: Readonly<Record<string, string>>): string | null {
  const keys = Object.keys(attributes);
  if (keys.length === 0) return null;
  return JSON.stringify(attributes, keys.sort());
}
