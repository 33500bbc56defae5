import { ConfigurationError } from '../../../schema/errors.js';
import type { Source } from '../../sources/source.js';

const sources = new Map<string, Promise<Source>>();

/**
 * The source of a URL, opened once in a worker process and read from there on; each process of a job is one more consumer.
 *
 * @throws ConfigurationError for a source that cannot be read by several processes that keep no position
 */
export function workerSource(url: string): Promise<Source> {
  let source = sources.get(url);
  if (source === undefined) {
    source = open(url);
    sources.set(url, source);
    // The next bundle tries again.
    source.catch(() => sources.delete(url));
  }
  return source;
}

/** @throws ConfigurationError for a URL that {@link workerSource} cannot read */
export function checkWorkerSource(url: string): string {
  if (url.startsWith('pubsub:')) return url;
  throw new ConfigurationError(
    '--source',
    `${url} cannot be read by the workers of an unbounded job`,
    'Name a subscription (pubsub:projects/P/subscriptions/S), or leave --mode streaming away.',
  );
}

async function open(url: string): Promise<Source> {
  const { PubSubSource } = await import('../../sources/pubsub/pubsub-source.js');
  const source = await PubSubSource.open(checkWorkerSource(url), {
    notice: (text) => process.stderr.write(`vitals: ${text}\n`),
  });
  await source.resume();
  return source;
}
