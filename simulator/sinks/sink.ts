import { ConfigurationError } from '../../schema/errors.js';
import { openLandingFolder } from './landing-folder.js';
import { openStandardOutput } from './standard-output.js';

/** Where simulated messages go: NDJSON, in order of arrival. */
export interface ReadingSink {
  /** Whether the reader has gone away: nothing more need be written. */
  readonly ended: boolean;
  /** Files that have appeared; 0 for a stream. */
  readonly files: number;
  /**
   * Appends whole lines to the file of an arrival time, which opens with the first of them.
   * @param bytes may be used again once the promise is kept
   */
  write(bytes: Uint8Array, arrivalFrom: number): Promise<void>;
  /** Makes the open file, if any, appear. */
  endFile(): Promise<void>;
  /** Ends the open file and removes what is temporary. */
  close(): Promise<void>;
}

/** How each kind of sink is opened, by the scheme of its URL; brokers are loaded only when they are asked for. */
const SINKS: Readonly<Record<string, (url: string) => Promise<ReadingSink>>> = {
  file: (url) => openLandingFolder(url.replace(/^file:(\/\/(?=\/))?/, '')),
  kafka: async (url) => (await import('./kafka-topic.js')).openKafkaTopic(url),
  pubsub: async (url) => (await import('./pubsub-topic.js')).openPubSubTopic(url),
};

/**
 * Opens `file:DIR` (landing-folder.ts), `kafka://HOST/TOPIC` (kafka-topic.ts),
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
    'Use file:DIR for a folder, kafka://HOST/TOPIC or pubsub:projects/P/topics/T for a topic, or - for standard output.',
  );
}
