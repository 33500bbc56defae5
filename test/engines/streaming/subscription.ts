import { openPubSub } from '../../../brokers/pubsub/client.js';

/** A topic with one subscription, on the emulator that PUBSUB_EMULATOR_HOST names. */
export interface TestSubscription {
  /** `pubsub:projects/P/subscriptions/S`. */
  readonly url: string;
  publish(payloads: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

const PROJECT = 'demo-vitals';

export async function openSubscription(name: string): Promise<TestSubscription> {
  const client = openPubSub(PROJECT);
  const [topic] = await client.createTopic(name);
  await topic.createSubscription(`${name}-s`, { ackDeadlineSeconds: 10 });
  return {
    url: `pubsub:projects/${PROJECT}/subscriptions/${name}-s`,
    publish: async (payloads) => {
      await Promise.all(payloads.map((payload) => topic.publishMessage({ data: Buffer.from(payload) })));
    },
    close: () => client.close(),
  };
}
