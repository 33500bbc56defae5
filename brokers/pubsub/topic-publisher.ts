import { setTimeout as sleep } from 'node:timers/promises';
import { v1, type PubSub } from '@google-cloud/pubsub';
import { openPubSub } from './client.js';
import { explainPubSubError, GRPC, statusOf } from './errors.js';
import { OrderedPublisher, type TopicMessage } from './ordered-publisher.js';
import { parsePubSubUrl } from './resource.js';

/** Milliseconds of one request, and those that a broker may be away before the publisher gives up. */
const REQUEST_TIMEOUT_MILLIS = 30_000;
const PATIENCE_MILLIS = 60_000;
const OPEN_TIMEOUT_MILLIS = 10_000;

/** A topic that is published to, with an {@link OrderedPublisher} before it. */
export class TopicPublisher {
  private constructor(
    private readonly flag: string,
    private readonly path: string,
    private readonly pubsub: PubSub,
    private readonly client: v1.PublisherClient,
    private readonly publisher: OrderedPublisher,
  ) {}

  /**
   * @param flag the option that named the topic
   * @param url `pubsub:projects/P/topics/T`
   * @throws ConfigurationError when the broker, the topic or the credentials are not there
   */
  static async open(flag: string, url: string): Promise<TopicPublisher> {
    const topic = parsePubSubUrl(flag, url, 'topics');
    const pubsub = openPubSub(topic.project);
    try {
      const client = new v1.PublisherClient(
        (await pubsub.getClientConfig()) as ConstructorParameters<typeof v1.PublisherClient>[0],
      );
      await requireTopic(client, topic.path);
      const request = async (messages: readonly TopicMessage[]) => {
        await client.publish(
          { topic: topic.path, messages: messages as TopicMessage[] },
          // Tried again here, where the order of a key is known, and not beneath.
          { timeout: REQUEST_TIMEOUT_MILLIS, retry: null },
        );
      };
      const options = { patienceMillis: PATIENCE_MILLIS, clock: () => performance.now(), sleep: sleep as never };
      return new TopicPublisher(flag, topic.path, pubsub, client, new OrderedPublisher(request, options));
    } catch (error) {
      await pubsub.close();
      throw explainPubSubError(flag, topic.path, error);
    }
  }

  /** Messages that the broker has taken. */
  get published(): number {
    return this.publisher.published;
  }

  /** See {@link OrderedPublisher.add}. @throws ConfigurationError when the broker stays away or refuses */
  add(message: TopicMessage): Promise<void> {
    return this.#explained(this.publisher.add(message));
  }

  /** Resolves when the broker has everything. @throws ConfigurationError when it stays away or refuses */
  flush(): Promise<void> {
    return this.#explained(this.publisher.flush());
  }

  /** Ends the connection; what was not flushed is not sent. */
  async close(): Promise<void> {
    await this.client.close();
    await this.pubsub.close();
  }

  #explained(work: Promise<void>): Promise<void> {
    return work.catch((error: unknown) => {
      throw explainPubSubError(this.flag, this.path, error);
    });
  }
}

/** A publisher need not be allowed to look at its topic: then the first request tells. */
async function requireTopic(client: v1.PublisherClient, path: string): Promise<void> {
  try {
    await client.getTopic({ topic: path }, { timeout: OPEN_TIMEOUT_MILLIS });
  } catch (error) {
    if (statusOf(error) !== GRPC.PERMISSION_DENIED) throw error;
  }
}
