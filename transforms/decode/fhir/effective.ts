import { readTime } from '../event-time.js';
import type { JsonObject } from '../parse-json.js';
import { asObject } from './members.js';

/** When an Observation holds. */
export interface Effective {
  /** As the flat reader reads it. */
  readonly time: unknown;
  /** The source gave a date alone: `time` is the start of that day in UTC (flag DATE_ONLY). */
  readonly dateOnly: boolean;
  /** The same for two Observations of one time, however they write it. */
  readonly key: string;
}

const DATE = /^\d{4}-\d\d-\d\d$/;

/**
 * The time of an Observation: `effectiveDateTime`, `effectiveInstant`, or of `effectivePeriod` the end, else the start.
 * A year or a month alone is no time (DATE), nor is an `effectiveTiming`.
 */
export function effectiveOf(observation: JsonObject, timezone: string | null): Effective {
  const period = asObject(observation.effectivePeriod);
  const raw = observation.effectiveDateTime ?? observation.effectiveInstant ?? period?.end ?? period?.start;
  const dateOnly = typeof raw === 'string' && DATE.test(raw);
  const time = dateOnly ? `${raw}T00:00:00.000Z` : raw;
  const epoch = readTime(time, timezone).time;
  return { time, dateOnly, key: `${dateOnly} ${Number.isNaN(epoch) ? (JSON.stringify(raw) ?? '') : epoch}` };
}

/** When the newest of these Observations was issued, as its source wrote it; undefined when none says. */
export function lastIssued(observations: readonly JsonObject[], timezone: string | null): unknown {
  let last: unknown;
  let lastTime = -Infinity;
  for (const { issued } of observations) {
    if (issued === undefined || issued === null) continue;
    const { time } = readTime(issued, timezone);
    // One that cannot be read comes first: it is refused, and the version is not ordered by a guess.
    const order = Number.isNaN(time) ? Infinity : time;
    if (order > lastTime) {
      last = issued;
      lastTime = order;
    }
  }
  return last;
}
