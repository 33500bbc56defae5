import { resolve } from 'node:path';
import { FileSource, type FileSourceOptions } from '../pipeline/sources/file-source.js';
import type { Source } from '../pipeline/sources/source.js';
import { ConfigurationError } from '../schema/errors.js';
import type { MllpFlags } from './mllp-flags.js';

/** How a run means to read its source. */
export interface SourceOptions extends FileSourceOptions {
  /** To its present end, and no further. */
  readonly once: boolean;
  /** Who may send to a listener, and how its connections are sealed. */
  readonly mllp?: MllpFlags;
}

/** Opens the source that a URL names. @throws ConfigurationError for one that this version does not read */
export async function openSource(url: string, options: SourceOptions): Promise<Source> {
  if (url.startsWith('file:')) return FileSource.open(resolve(url.slice('file:'.length)), options);
  if (url.startsWith('pubsub:')) {
    const { PubSubSource } = await import('../pipeline/sources/pubsub/pubsub-source.js');
    return PubSubSource.open(url, { notice: (text) => process.stderr.write(`vitals: ${text}\n`) });
  }
  if (url.startsWith('kafka:')) {
    const { KafkaSource } = await import('../pipeline/sources/kafka/kafka-source.js');
    const notice = (text: string) => process.stderr.write(`vitals: ${text}\n`);
    return KafkaSource.open(url, process.env, { bounded: options.once, clock: Date.now, notice });
  }
  if (url.startsWith('mllp:')) return (await import('./mllp-flags.js')).openMllp(url, options.once, options.mllp ?? {});
  throw new ConfigurationError(
    '--source',
    `${url} is of no kind that this version reads`,
    'Name a folder (file:DIR), a topic (kafka://HOST/TOPIC), a subscription (pubsub:projects/P/subscriptions/S) or an address to listen on (mllp://127.0.0.1:2575).',
  );
}
