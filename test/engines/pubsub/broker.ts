import type { RunStatus } from '../../../pipeline/engines/micro-batch/status.js';
import type { MicroBatchOptions } from '../../../pipeline/engines/micro-batch/options.js';
import { PubSubSource } from '../../../pipeline/sources/pubsub/pubsub-source.js';
import type { Source } from '../../../pipeline/sources/source.js';
import { TopicPublisher } from '../../../brokers/pubsub/topic-publisher.js';
import { openLakeSnapshot } from '../../../lake/reader.js';
import { openQuerySession } from '../../../query/session.js';
import { planSimulation, type SimulationFlags } from '../../../simulator/plan.js';
import { runSimulation } from '../../../simulator/run.js';
import { setUpPubSub, type SetupFlags } from '../../../cli/pubsub/setup.js';
import { runMessages } from '../../support/direct.js';

const PROJECT = 'pubsub:projects/vitals-test';
export const FROM = Date.UTC(2026, 10, 21);

/** URLs of a topic and its subscription that no other test has. */
export interface Names {
  readonly topic: string;
  readonly subscription: string;
}

export function names(name: string): Names {
  return { topic: `${PROJECT}/topics/${name}`, subscription: `${PROJECT}/subscriptions/${name}-lake` };
}

export const SETUP: Omit<SetupFlags, 'topic' | 'subscription'> = {
  'dead-letter-topic': undefined,
  'dead-letter-subscription': undefined,
  schema: undefined,
  'attach-schema': false,
  ordering: true,
  'exactly-once': false,
  'ack-seconds': 10,
  'retention-days': 7,
  'retain-acked': false,
};

/** Makes the topic and the subscription as `vitals pubsub setup` does. */
export async function setUp({ topic, subscription }: Names, changes: Partial<SetupFlags> = {}): Promise<void> {
  await setUpPubSub({ ...SETUP, topic, subscription, ...changes });
}

/** Simulates minutes of a small hospital into a sink. */
export async function simulateInto(sink: string, flags: SimulationFlags = {}, minutes = 2): Promise<number> {
  const plan = planSimulation(
    { patients: 20, seed: 'pubsub', late: 0.02, duplicate: 0.02, malformed: 0.02, ...flags, sink },
    false,
  );
  const summary = await runSimulation(plan, FROM, FROM + minutes * 60_000, new AbortController().signal);
  return summary.messages;
}

export interface Sent {
  readonly data: string | Uint8Array;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Publishes messages, in order. */
export async function publish(topic: string, messages: readonly Sent[]): Promise<void> {
  const publisher = await TopicPublisher.open('--sink', topic);
  for (const { data, attributes = {} } of messages) {
    await publisher.add({ data: typeof data === 'string' ? Buffer.from(data) : data, attributes, orderingKey: '' });
  }
  await publisher.flush();
  await publisher.close();
}

export function openSubscription(
  subscription: string,
  settings = 'quiet-seconds=3&lease-seconds=10',
): Promise<PubSubSource> {
  return PubSubSource.open(`${subscription}?${settings}`, { notice: () => {} });
}

/** Runs the direct engine in this thread until the subscription is drained, or the signal aborts. */
export async function drain(
  lake: string,
  source: Source | string,
  changes: Partial<MicroBatchOptions> = {},
  signal?: AbortSignal,
): Promise<RunStatus> {
  const opened = typeof source === 'string' ? await openSubscription(source) : source;
  return runMessages(lake, [], 5_000, { source: opened, clock: Date.now, ...changes }, signal);
}

export async function query<T>(lake: string, sql: string): Promise<T[]> {
  const session = await openQuerySession(await openLakeSnapshot(lake));
  try {
    return (await session.all(sql)) as T[];
  } finally {
    await session.close();
  }
}

/** A reading on the wire. */
export function wire(patient: string, sequence: number, heartRate = 78): string {
  return JSON.stringify({
    version: 1,
    message_id: `${patient}-${sequence}`,
    patient_id: patient,
    device_id: `MON-${patient}`,
    ward: 'ICU',
    event_time: new Date(FROM + sequence * 1_000).toISOString(),
    sequence,
    heart_rate: heartRate,
    spo2: 97,
  });
}
