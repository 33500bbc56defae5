import { ConfigurationError } from '../../../schema/errors.js';
import { parsePubSubUrl, type PubSubResource } from '../../../brokers/pubsub/resource.js';

/** How a subscription is read; each may stand in the URL, `pubsub:projects/P/subscriptions/S?lease-seconds=60`. */
export interface PubSubSettings {
  /** Seconds of a lease, extended while a message waits to be frozen; after a crash it passes before redelivery. */
  readonly leaseSeconds: number;
  /** Seconds without a message after which `--once` holds the subscription to be drained. */
  readonly quietSeconds: number;
  /** Messages and bytes that are delivered and not yet acknowledged, at most: the back-pressure on the broker. */
  readonly outstandingMessages: number;
  readonly outstandingBytes: number;
  /** Streams that are pulled from at once. */
  readonly streams: number;
}

/**
 * Defaults. A lease of 30 s outlives a stall of this process, a batch takes about one; 10 s is the least that Pub/Sub
 * grants and 600 s the most. Outstanding: what the largest batch holds (micro-batch/options.ts). A stream carries 10 MB/s at
 * the service, but only 1,850 messages/s at the emulator.
 */
export const PUBSUB_DEFAULTS: PubSubSettings = {
  leaseSeconds: 30,
  quietSeconds: 5,
  outstandingMessages: 20_000,
  outstandingBytes: 64 << 20,
  streams: 4,
};

const NAMES = {
  'lease-seconds': { setting: 'leaseSeconds', least: 10, most: 600 },
  'quiet-seconds': { setting: 'quietSeconds', least: 1, most: 3_600 },
  'outstanding-messages': { setting: 'outstandingMessages', least: 1, most: 1_000_000 },
  // A message may have 10 MB.
  'outstanding-bytes': { setting: 'outstandingBytes', least: 10_000_000, most: 1_000_000_000 },
  streams: { setting: 'streams', least: 1, most: 20 },
} as const;

/**
 * Reads the URL of a subscription with its settings.
 * @throws ConfigurationError naming what is wrong
 */
export function readPubSubSource(url: string): {
  readonly resource: PubSubResource;
  readonly settings: PubSubSettings;
} {
  const resource = parsePubSubUrl('--source', url, 'subscriptions', Object.keys(NAMES));
  const settings: Record<string, number> = { ...PUBSUB_DEFAULTS };
  for (const [name, { setting, least, most }] of Object.entries(NAMES)) {
    const text = resource.settings.get(name);
    if (text === undefined) continue;
    const value = Number(text);
    if (!Number.isInteger(value) || text === '' || value < least || value > most) {
      throw new ConfigurationError('--source', `${name}=${text} is out of range`, `Use ${least} to ${most}.`);
    }
    settings[setting] = value;
  }
  return { resource, settings: settings as unknown as PubSubSettings };
}
