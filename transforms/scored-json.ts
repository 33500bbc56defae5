import { toCanonicalJson } from './canonical-json.js';
import type { DescribedScores } from './describe-scores.js';
import type { Reading } from './reading.js';

/**
 * One scored reading as a line of JSON (INTERFACES.md): the canonical reading, then its scores. A row that was numbered
 * because it has no time shows none. Without a line break.
 */
export function toScoredJson(reading: Reading, scores: DescribedScores): string {
  return `${readingJson(reading).slice(0, -1)},${JSON.stringify(scores).slice(1)}`;
}

function readingJson(reading: Reading): string {
  const json = toCanonicalJson(reading);
  if (reading.flags?.['event_time']?.includes('NUMBERED') !== true) return json;
  return JSON.stringify({ ...(JSON.parse(json) as object), event_time: null });
}
