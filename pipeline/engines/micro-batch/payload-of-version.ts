import type { SilverRow } from '../../../schema/tables/silver-patient-vitals.js';
import { cleanse } from '../../../transforms/cleanse.js';
import { decode } from '../../../transforms/decode/index.js';
import { identify } from '../../../transforms/identify.js';
import type { Pseudonymizer } from '../../../transforms/pseudonym.js';
import type { Message } from '../../../transforms/reading.js';
import { resource } from '../../../transforms/resources.js';
import type { GraphOptions } from '../../graph.js';

/**
 * The bytes of the message that brought a version, among the messages of its batch that have its message id. Two monitors
 * may both count from 1, so where there are several they are decoded again: what is kept beside a reading must never be
 * another patient's message.
 *
 * @param graph whose pseudonymizer this process was given
 */
export function payloadOfVersion(
  version: Pick<SilverRow, 'reading_id' | 'content_hash'>,
  messages: readonly Message[],
  graph: Pick<GraphOptions, 'decode' | 'pseudonym'>,
): Uint8Array {
  const [only] = messages;
  if (only !== undefined && messages.length === 1) return only.payload;
  const pseudonym = resource<Pseudonymizer>(graph.pseudonym);
  const brought = messages.find((message) => brings(message, version, graph, pseudonym));
  return brought?.payload ?? NOTHING;
}

const NOTHING = new Uint8Array(0);

function brings(
  message: Message,
  { reading_id, content_hash }: Pick<SilverRow, 'reading_id' | 'content_hash'>,
  graph: Pick<GraphOptions, 'decode'>,
  pseudonym: Pseudonymizer,
): boolean {
  return decode(message, graph.decode)
    .rows.flatMap((decoded) => cleanse(decoded, { checkClock: false }).rows)
    .map((reading) => identify(reading, pseudonym))
    .some((reading) => reading.reading_id === reading_id && reading.content_hash === content_hash);
}
