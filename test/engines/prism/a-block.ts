import type { TimestampedElement } from '../../../beam/testing/index.js';
import type { IdentifiedReading, ScoredReading } from '../../../transforms/reading.js';
import { aScoredReading, anIdentifiedReading, NOON } from '../../transforms/a-reading.js';

export { NOON };

const SECOND = 1_000;

/** A block of one identified reading, at so many seconds after noon; its offset tells messages apart. */
export function identifiedAt(
  id: string,
  seconds: number,
  differs: Partial<IdentifiedReading> = {},
): TimestampedElement<IdentifiedReading[]> {
  const timestamp = NOON + seconds * SECOND;
  return {
    value: [anIdentifiedReading({ reading_id: id, content_hash: `of ${id}`, event_time: timestamp, ...differs })],
    timestamp,
  };
}

/** A block of one scored reading, at so many seconds after noon. */
export function scoredAt(
  id: string,
  seconds: number,
  differs: Partial<IdentifiedReading> = {},
): TimestampedElement<ScoredReading[]> {
  const timestamp = NOON + seconds * SECOND;
  const identified = { reading_id: id, content_hash: `of ${id}`, event_time: timestamp, ...differs };
  return { value: [aScoredReading(identified)], timestamp };
}
