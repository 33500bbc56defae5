import { ConfigurationError } from '../../schema/errors.js';
import { parsePubSubUrl } from '../../brokers/pubsub/resource.js';
import { withAdminClients } from './admin-clients.js';
import type { Ensured } from './ensured.js';
import { ensureSchema } from './ensure-schema.js';
import { ensureSubscription } from './ensure-subscription.js';
import { ensureTopic } from './ensure-topic.js';

export interface SetupFlags {
  readonly topic: string;
  readonly subscription: string | undefined;
  readonly 'dead-letter-topic': string | undefined;
  readonly 'dead-letter-subscription': string | undefined;
  readonly schema: string | undefined;
  readonly 'attach-schema': boolean;
  readonly ordering: boolean;
  readonly 'exactly-once': boolean;
  readonly 'ack-seconds': number;
  readonly 'retention-days': number;
  readonly 'retain-acked': boolean;
}

const DAY_SECONDS = 86_400;
/** Pub/Sub: a topic keeps messages for 31 days at most, a subscription for 7. */
const LONGEST_TOPIC_DAYS = 31;
const LONGEST_SUBSCRIPTION_DAYS = 7;

/**
 * Makes what a pipeline needs of Pub/Sub: schema, topics, subscriptions. May be run again: what is as it should be stays.
 *
 * @returns what was done, in order
 * @throws ConfigurationError for flags that contradict each other, and for what the broker refuses
 */
export function setUpPubSub(flags: SetupFlags): Promise<readonly Ensured[]> {
  const topic = parsePubSubUrl('--topic', flags.topic, 'topics');
  const given = (flag: string, url: string | undefined, kind: 'topics' | 'subscriptions' | 'schemas') =>
    url === undefined ? null : parsePubSubUrl(flag, url, kind);
  const subscription = given('--subscription', flags.subscription, 'subscriptions');
  const deadTopic = given('--dead-letter-topic', flags['dead-letter-topic'], 'topics');
  const deadSubscription = given('--dead-letter-subscription', flags['dead-letter-subscription'], 'subscriptions');
  const schema = given('--schema', flags.schema, 'schemas');
  if (deadSubscription && !deadTopic) throw needs('--dead-letter-subscription', '--dead-letter-topic');
  if (flags['attach-schema'] && !schema) throw needs('--attach-schema', '--schema');
  const days = within('--retention-days', flags['retention-days'], 1, LONGEST_TOPIC_DAYS);
  const ackSeconds = within('--ack-seconds', flags['ack-seconds'], 10, 600);
  const retentionSeconds = days * DAY_SECONDS;
  const subscriptionWish = {
    ackSeconds,
    retentionSeconds: Math.min(days, LONGEST_SUBSCRIPTION_DAYS) * DAY_SECONDS,
    retainAcked: flags['retain-acked'],
  };
  return withAdminClients(topic.project, async ({ publisher, subscriber, schemas }) => {
    const done: Ensured[] = [];
    const ensured = schema && (await ensureSchema(schemas, schema));
    if (ensured) done.push(ensured);
    const attached = flags['attach-schema'] && ensured;
    const wish = attached ? { path: attached.resource, lastRevision: attached.revision } : null;
    done.push(await ensureTopic(publisher, '--topic', topic, { retentionSeconds, schema: wish }));
    if (subscription) {
      const { ordering, 'exactly-once': exactlyOnce } = flags;
      const full = { ...subscriptionWish, topic: topic.path, ordering, exactlyOnce };
      done.push(await ensureSubscription(subscriber, '--subscription', subscription, full));
    }
    if (deadTopic) {
      done.push(await ensureTopic(publisher, '--dead-letter-topic', deadTopic, { retentionSeconds, schema: null }));
    }
    if (deadTopic && deadSubscription) {
      const full = { ...subscriptionWish, topic: deadTopic.path, ordering: false, exactlyOnce: false };
      done.push(await ensureSubscription(subscriber, '--dead-letter-subscription', deadSubscription, full));
    }
    return done;
  });
}

function needs(flag: string, other: string): ConfigurationError {
  return new ConfigurationError(flag, `needs ${other}`, 'Give both.');
}

function within(flag: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new ConfigurationError(flag, `${value} is out of range`, `Use a whole number from ${least} to ${most}.`);
}
