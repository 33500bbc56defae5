import type { DeadLetterTopic } from '../pipeline/sinks/dead-letter-topic.js';
import { lakeUrl } from './lake-url.js';

/** Opens what `--dead-letter-topic` names; null when it is not given. */
export async function openDeadLetterTopic(url: string | undefined, lake: string): Promise<DeadLetterTopic | null> {
  if (url === undefined) return null;
  const { DeadLetterTopic } = await import('../pipeline/sinks/dead-letter-topic.js');
  return DeadLetterTopic.open(url, lakeUrl(lake), (text) => process.stderr.write(`vitals: ${text}\n`));
}
