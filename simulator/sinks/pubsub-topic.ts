import { TopicPublisher } from '../../brokers/pubsub/topic-publisher.js';
import { keyedLines } from './keyed-lines.js';
import { MESSAGE_ATTRIBUTES } from './message-attributes.js';
import type { MessageDialects, ReadingSink } from './reading-sink.js';

/**
 * A topic of Pub/Sub: a message a reading, ordered by patient.
 *
 * Delivery: at least once, in order for each patient; `endFile` resolves when the broker has everything, so a live
 * simulation is never more than one interval ahead of it. Back-pressure: `write` waits while too much is held.
 *
 * @throws ConfigurationError when the topic cannot be published to
 */
export async function openPubSubTopic(url: string): Promise<ReadingSink> {
  return new PubSubTopic(await TopicPublisher.open('--sink', url));
}

class PubSubTopic implements ReadingSink {
  readonly ended = false;
  readonly files = 0;

  constructor(private readonly publisher: TopicPublisher) {}

  async write(bytes: Uint8Array, _arrivalFrom: number, dialects?: MessageDialects): Promise<void> {
    for (const { payload, key, dialect } of keyedLines(bytes, dialects)) {
      await this.publisher.add({ data: payload, attributes: MESSAGE_ATTRIBUTES[dialect], orderingKey: key });
    }
  }

  endFile(): Promise<void> {
    return this.publisher.flush();
  }

  async close(): Promise<void> {
    try {
      await this.publisher.flush();
    } finally {
      await this.publisher.close();
    }
  }
}
