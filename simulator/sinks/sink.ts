import { ConfigurationError } from '../../schema/errors.js';
import { openLandingFolder } from './landing-folder.js';
import type { ReadingSink } from './reading-sink.js';
import { openStandardOutput } from './standard-output.js';

/** How each kind of sink is opened, by the scheme of its URL; brokers are loaded only when they are asked for. */
const SINKS: Readonly<Record<string, (url: string) => Promise<ReadingSink>>> = {
  file: (url) => openLandingFolder(url.replace(/^file:(\/\/(?=\/))?/, '')),
  kafka: async (url) => (await import('./kafka-topic.js')).openKafkaTopic(url),
  mllp: async (url) => (await import('./mllp.js')).openMllpSender(url),
  pubsub: async (url) => (await import('./pubsub-topic.js')).openPubSubTopic(url),
};

/**
 * Opens `file:DIR` (landing-folder.ts), `kafka://HOST/TOPIC` (kafka-topic.ts), `mllp://HOST:PORT` (mllp.ts),
 * `pubsub:projects/P/topics/T` (pubsub-topic.ts) or `-` (standard output).
 * @throws ConfigurationError for any other URL, and for a sink that cannot be written
 */
export async function openSink(url: string): Promise<ReadingSink> {
  if (url === '-') return openStandardOutput();
  const open = SINKS[/^([a-z]+):./.exec(url)?.[1] ?? ''];
  if (open) return open(url);
  throw new ConfigurationError(
    '--sink',
    `"${url}" is not a sink`,
    'Use file:DIR for a folder, kafka://HOST/TOPIC or pubsub:projects/P/topics/T for a topic, mllp://HOST:PORT for a listener, or - for standard output.',
  );
}
