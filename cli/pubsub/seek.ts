import { LakeError } from '../../lake/lake-error.js';
import { currentProcess } from '../../lake/process-info.js';
import { openStorage } from '../../lake/storage/open.js';
import { takeWriterLock } from '../../lake/writer-lock.js';
import { ConfigurationError } from '../../schema/errors.js';
import { GRPC, statusOf } from '../../brokers/pubsub/errors.js';
import { parsePubSubUrl, type PubSubResource } from '../../brokers/pubsub/resource.js';
import { parseTime } from '../../simulator/times.js';
import { withAdminClients, type AdminClients } from './admin-clients.js';
import { ADMIN_TIMEOUT, explained, lookUp, secondsOf } from './ensured.js';

export interface SeekFlags {
  readonly subscription: string;
  readonly snapshot: string | undefined;
  readonly time: string | undefined;
  readonly discard: boolean;
  readonly lake: string;
}

export interface Sought {
  readonly subscription: string;
  /** The snapshot, or the time in ISO 8601. */
  readonly to: string;
}

/**
 * Turns a subscription back (or, with `discard`, forward), while no pipeline reads it.
 *
 * Refuses: while a writer has the lake; a snapshot of another topic; a time of which nothing is kept; and a time to come
 * without `discard`, because everything until then would count as acknowledged.
 *
 * @param now epoch ms
 * @throws ConfigurationError, or a LakeError that names the process which has the lake
 */
export async function seekSubscription(flags: SeekFlags, now: number): Promise<Sought> {
  const subscription = parsePubSubUrl('--subscription', flags.subscription, 'subscriptions');
  if ((flags.snapshot === undefined) === (flags.time === undefined)) {
    throw new ConfigurationError('--snapshot', 'or --time is needed, and not both', 'Give one of them.');
  }
  const snapshot = flags.snapshot === undefined ? null : parsePubSubUrl('--snapshot', flags.snapshot, 'snapshots');
  const time = flags.time === undefined ? null : parseTime('--time', flags.time);
  return whileNobodyWrites(flags.lake, () =>
    withAdminClients(subscription.project, (clients) =>
      explained('--subscription', subscription.path, async () => {
        if (snapshot) await seekSnapshot(clients, subscription, snapshot);
        else await seekTime(clients, subscription, time as number, now, flags.discard);
        return { subscription: subscription.path, to: snapshot?.path ?? new Date(time as number).toISOString() };
      }),
    ),
  );
}

async function seekSnapshot({ subscriber }: AdminClients, { path }: PubSubResource, snapshot: PubSubResource) {
  const [{ topic }] = await subscriber.getSubscription({ subscription: path }, ADMIN_TIMEOUT);
  // The emulator cannot look a snapshot up; the broker refuses a foreign one by itself, with fewer words.
  const found = await lookUp(() => subscriber.getSnapshot({ snapshot: snapshot.path }, ADMIN_TIMEOUT)).catch(
    (error: unknown) => {
      if (statusOf(error) === GRPC.UNIMPLEMENTED) return undefined;
      throw error;
    },
  );
  if (found === null) {
    throw new ConfigurationError(
      '--snapshot',
      `there is no ${snapshot.path}`,
      'It may have expired: they live for 7 days.',
    );
  }
  if (found && found.topic !== topic) {
    throw new ConfigurationError(
      '--snapshot',
      `${snapshot.path} is of ${found.topic}, not of ${topic}`,
      'Name another.',
    );
  }
  await subscriber.seek({ subscription: path, snapshot: snapshot.path }, ADMIN_TIMEOUT);
}

async function seekTime(
  { subscriber, publisher }: AdminClients,
  { path }: PubSubResource,
  time: number,
  now: number,
  discard: boolean,
): Promise<void> {
  const iso = new Date(time).toISOString();
  if (time > now && !discard) {
    throw new ConfigurationError(
      '--time',
      `${iso} is to come`,
      'All until then would be lost; add --discard to mean it.',
    );
  }
  if (time <= now) {
    const [found] = await subscriber.getSubscription({ subscription: path }, ADMIN_TIMEOUT);
    const topic = await lookUp(() => publisher.getTopic({ topic: found.topic ?? '' }, ADMIN_TIMEOUT));
    const ofTopic = secondsOf(topic?.messageRetentionDuration) ?? 0;
    const kept = Math.max(ofTopic, found.retainAckedMessages ? (secondsOf(found.messageRetentionDuration) ?? 0) : 0);
    if (now - time > kept * 1000) {
      throw new ConfigurationError(
        '--time',
        kept === 0 ? `${path} keeps nothing that is acknowledged` : `${iso} is longer ago than messages are kept`,
        'Name a later time or a snapshot; vitals pubsub setup sets how long a topic keeps messages.',
      );
    }
  }
  const seconds = Math.floor(time / 1000);
  await subscriber.seek({ subscription: path, time: { seconds, nanos: (time - seconds * 1000) * 1e6 } }, ADMIN_TIMEOUT);
}

/** Holds the lake's lock meanwhile: a pipeline that runs is in the way, and none can start. */
async function whileNobodyWrites<T>(lake: string, work: () => Promise<T>): Promise<T> {
  const storage = openStorage(lake);
  // Not a lake yet: nothing to hold, and nothing to leave behind.
  if ((await storage.list('_writer.lock/')).length === 0) return work();
  const lock = await takeWriterLock(storage, currentProcess()).catch((error: unknown) => {
    if (!(error instanceof LakeError)) throw error;
    throw new ConfigurationError(
      '--lake',
      `${error.message} before you seek`,
      'A subscription must not be turned beneath a pipeline that reads it.',
    );
  });
  try {
    return await work();
  } finally {
    await lock.release();
  }
}
