import { SENTINELS } from '../../cleanse-limits.js';
import type { Findings } from '../../findings.js';
import type { ReadingStatus } from '../../reading.js';
import type { ObservedField } from './codes.js';
import type { Delimiters } from './delimiters.js';
import type { Observation } from './observation.js';
import { component } from './segments.js';

/** One value of one observation. */
export interface Candidate {
  readonly observation: Observation;
  readonly value: string;
}

/**
 * The status of a reading: withdrawn when all of its observations are; corrected when one is, or when some are withdrawn
 * (then the reading goes on without them); else final. Null when one has a status that is not known.
 */
export function statusOf(observations: readonly Observation[]): ReadingStatus | null {
  if (observations.some(({ status }) => status === null)) return null;
  const stated = observations.filter(({ status }) => status !== 'none');
  const withdrawn = stated.filter(({ status }) => status === 'entered-in-error').length;
  if (withdrawn > 0 && withdrawn === stated.length) return 'entered-in-error';
  return withdrawn > 0 || stated.some(({ status }) => status === 'corrected') ? 'corrected' : 'final';
}

/**
 * Chooses one value for each field: the best code (ECG before pulse), a device's "no value" only when there is nothing
 * else, then the first. Flags REPEATED where another differs from it. Withdrawn values count only in a tombstone.
 */
export function chooseValues(
  observations: readonly Observation[],
  status: ReadingStatus,
  delimiters: Delimiters,
  findings: Findings,
): ReadonlyMap<ObservedField, Candidate> {
  const chosen = new Map<ObservedField, Candidate>();
  for (const observation of observations) {
    if (observation.status === 'entered-in-error' && status !== 'entered-in-error') continue;
    const { field } = observation.coded;
    for (const value of observation.values) {
      if (component(value, 1, delimiters) === '' && observation.type !== 'SN') continue;
      const candidate = { observation, value };
      const rival = chosen.get(field);
      if (rival !== undefined && rival.value !== value) findings.flag(field, 'REPEATED');
      if (rival === undefined || weight(candidate) < weight(rival)) chosen.set(field, candidate);
    }
  }
  return chosen;
}

const LAST = 1000;

function weight({ observation, value }: Candidate): number {
  return observation.coded.rank + (SENTINELS.has(Number(value)) ? LAST : 0);
}
