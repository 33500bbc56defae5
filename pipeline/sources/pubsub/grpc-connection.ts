import { v1, type PubSub } from '@google-cloud/pubsub';
import { openPubSub } from '../../../brokers/pubsub/client.js';
import type { PubSubResource } from '../../../brokers/pubsub/resource.js';
import { ConfigurationError } from '../../../schema/errors.js';
import type { Connection, PullRequest, PullStream, SubscriptionTraits } from './connection.js';

/** Milliseconds of one request. */
const REQUEST = { timeout: 10_000, retry: null } as const;
const DESCRIBE = { timeout: 10_000 } as const;
/** A stream is opened anew after a quarter of an hour, so that a connection that died silently does not hold for ever. */
const STREAM_MILLIS = 900_000;

/**
 * A subscription through the generated client of `@google-cloud/pubsub`.
 *
 * Beneath the package's own subscriber, because that one acknowledges message by message (2.4 times the processor time) and
 * not in order: with ordering and exactly-once delivery the broker refuses an acknowledgement that overtakes another.
 */
export class GrpcConnection implements Connection {
  private constructor(
    private readonly subscription: string,
    private readonly pubsub: PubSub,
    private readonly client: v1.SubscriberClient,
    private readonly stub: { readonly [method: string]: (...args: readonly unknown[]) => unknown },
  ) {}

  static async open({ project, path }: PubSubResource): Promise<GrpcConnection> {
    const pubsub = openPubSub(project);
    try {
      const options = (await pubsub.getClientConfig()) as ConstructorParameters<typeof v1.SubscriberClient>[0];
      const client = new v1.SubscriberClient(options);
      await client.initialize();
      // The raw stub: the wrapped stream buffers twice, and what is buffered is leased.
      return new GrpcConnection(path, pubsub, client, (await client.subscriberStub) as never);
    } catch (error) {
      await pubsub.close();
      throw error;
    }
  }

  openStream(request: PullRequest): PullStream {
    const open = this.stub['streamingPull'] as (options: object) => PullStream;
    const stream = open.call(this.stub, { deadline: Date.now() + STREAM_MILLIS });
    stream.write({ subscription: this.subscription, ...request });
    return stream;
  }

  async acknowledge(ackIds: readonly string[]): Promise<void> {
    await this.client.acknowledge({ subscription: this.subscription, ackIds: ackIds as string[] }, REQUEST);
  }

  async changeDeadline(ackIds: readonly string[], seconds: number): Promise<void> {
    const request = { subscription: this.subscription, ackIds: ackIds as string[], ackDeadlineSeconds: seconds };
    await this.client.modifyAckDeadline(request, REQUEST);
  }

  /** @throws ConfigurationError for a subscription that cannot be pulled from */
  async describe(): Promise<SubscriptionTraits> {
    const [found] = await this.client.getSubscription({ subscription: this.subscription }, DESCRIBE);
    if (found.pushConfig?.pushEndpoint) {
      throw new ConfigurationError('--source', `${this.subscription} pushes its messages`, 'Name a pull subscription.');
    }
    if (found.detached) {
      throw new ConfigurationError('--source', `${this.subscription} is detached from its topic`, 'Make a new one.');
    }
    return { exactlyOnce: found.enableExactlyOnceDelivery === true, ordered: found.enableMessageOrdering === true };
  }

  async close(): Promise<void> {
    await this.client.close();
    await this.pubsub.close();
  }
}
