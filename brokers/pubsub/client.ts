import { PubSub } from '@google-cloud/pubsub';

/** Back-off of the channel in milliseconds: a broker that restarts is found again within seconds, not minutes. */
const CHANNEL_OPTIONS = {
  'grpc.initial_reconnect_backoff_ms': 250,
  'grpc.max_reconnect_backoff_ms': 5_000,
};

/**
 * A client for one project: of the emulator when PUBSUB_EMULATOR_HOST is set, else of the service with the application
 * default credentials. Opens no connection by itself; `close` it.
 */
export function openPubSub(project: string): PubSub {
  // Beside an emulator there is no metadata server to ask for credentials; asking costs seconds.
  if (process.env['PUBSUB_EMULATOR_HOST'] !== undefined) process.env['METADATA_SERVER_DETECTION'] ??= 'none';
  return new PubSub({ projectId: project, ...CHANNEL_OPTIONS });
}
