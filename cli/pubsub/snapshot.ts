import { ConfigurationError } from '../../schema/errors.js';
import { GRPC, statusOf } from '../../brokers/pubsub/errors.js';
import { parsePubSubUrl } from '../../brokers/pubsub/resource.js';
import { withAdminClients } from './admin-clients.js';
import { ADMIN_TIMEOUT, explained, secondsOf } from './ensured.js';

export interface SnapshotFlags {
  readonly subscription: string;
  readonly snapshot: string;
}

export interface SnapshotTaken {
  readonly snapshot: string;
  readonly topic: string;
  /** ISO 8601; the broker deletes it then: 7 days after the oldest message that is not acknowledged. */
  readonly expires: string | null;
}

/** Keeps what a subscription has not acknowledged now, and all that comes, for a seek. */
export function takeSnapshot(flags: SnapshotFlags): Promise<SnapshotTaken> {
  const subscription = parsePubSubUrl('--subscription', flags.subscription, 'subscriptions');
  const snapshot = parsePubSubUrl('--snapshot', flags.snapshot, 'snapshots');
  return withAdminClients(subscription.project, ({ subscriber }) =>
    explained('--subscription', subscription.path, async () => {
      const request = { name: snapshot.path, subscription: subscription.path };
      const [taken] = await subscriber.createSnapshot(request, ADMIN_TIMEOUT).catch((error: unknown) => {
        if (statusOf(error) !== GRPC.ALREADY_EXISTS) throw error;
        throw new ConfigurationError('--snapshot', `there is ${snapshot.path} already`, 'Give another name.');
      });
      const expires = secondsOf(taken.expireTime);
      return {
        snapshot: snapshot.path,
        topic: taken.topic ?? '',
        expires: expires === null ? null : new Date(expires * 1000).toISOString(),
      };
    }),
  );
}
