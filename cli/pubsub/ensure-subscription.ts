import type { v1 } from '@google-cloud/pubsub';
import { ConfigurationError } from '../../schema/errors.js';
import type { PubSubResource } from '../../brokers/pubsub/resource.js';
import { ADMIN_TIMEOUT, explained, lookUp, secondsOf, type Ensured } from './ensured.js';

export interface SubscriptionWish {
  /** `projects/P/topics/T` */
  readonly topic: string;
  readonly ordering: boolean;
  readonly exactlyOnce: boolean;
  readonly ackSeconds: number;
  readonly retentionSeconds: number;
  readonly retainAcked: boolean;
}

/**
 * Makes a pull subscription that never expires, or brings an existing one to what is asked for.
 *
 * @throws ConfigurationError when it exists and differs in what cannot be changed: its topic, its ordering
 */
export function ensureSubscription(
  client: v1.SubscriberClient,
  flag: string,
  subscription: PubSubResource,
  wish: SubscriptionWish,
): Promise<Ensured> {
  const { path } = subscription;
  const wanted = {
    name: path,
    topic: wish.topic,
    enableMessageOrdering: wish.ordering,
    enableExactlyOnceDelivery: wish.exactlyOnce,
    ackDeadlineSeconds: wish.ackSeconds,
    messageRetentionDuration: { seconds: wish.retentionSeconds },
    retainAckedMessages: wish.retainAcked,
    // Empty: never. By default a subscription that nobody reads for 31 days is deleted, with its messages.
    expirationPolicy: {},
  };
  return explained(flag, path, async () => {
    const found = await lookUp(() => client.getSubscription({ subscription: path }, ADMIN_TIMEOUT));
    if (found === null) {
      await client.createSubscription(wanted, ADMIN_TIMEOUT);
      return { resource: path, action: 'created', changed: [] };
    }
    const fixed = (problem: string) =>
      new ConfigurationError(flag, `${path} ${problem}, which cannot be changed`, 'Name another, or delete it first.');
    if (found.topic !== wish.topic) throw fixed(`belongs to ${found.topic}`);
    if (found.enableMessageOrdering !== wish.ordering)
      throw fixed(`is made ${wish.ordering ? 'without' : 'with'} ordering`);
    const changed: string[] = [];
    if (found.enableExactlyOnceDelivery !== wish.exactlyOnce) changed.push('enable_exactly_once_delivery');
    if (found.ackDeadlineSeconds !== wish.ackSeconds) changed.push('ack_deadline_seconds');
    if (found.retainAckedMessages !== wish.retainAcked) changed.push('retain_acked_messages');
    if (secondsOf(found.messageRetentionDuration) !== wish.retentionSeconds) changed.push('message_retention_duration');
    if (changed.length === 0) return { resource: path, action: 'unchanged', changed };
    await client.updateSubscription({ subscription: wanted, updateMask: { paths: changed } }, ADMIN_TIMEOUT);
    return { resource: path, action: 'updated', changed };
  });
}
