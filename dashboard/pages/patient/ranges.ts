import type { PatientAnswer } from '../../api.js';
import { epoch } from '../logic/times.js';
import { covers, type TimeRange } from '../logic/zoom.js';

/** A line of a few points is not squeezed into the edge of hours without data: the least width of the whole range. */
const LEAST_MS = 20 * 60_000;
/** Room before the first value. */
const LEAD_MS = 2 * 60_000;

/**
 * What is shown when no range was chosen: what the answer holds, from the first value on. A hospital that has been running
 * for minutes fills the charts too.
 */
export function wholeRange(answer: PatientAnswer): TimeRange {
  const [from, to] = [epoch(answer.from) ?? 0, epoch(answer.to) ?? 1];
  const first = answer.time_ms.findIndex((_, step) => answer.vitals.some(({ last }) => last[step] !== null));
  const start = first < 0 ? from : (answer.time_ms[first] ?? from) - LEAD_MS;
  return { from: Math.max(from, Math.min(start, to - LEAST_MS)), to };
}

/** What is asked for a chosen range: half its width more at both ends, so that a pan has something to show. */
export function askedRange(chosen: TimeRange | null): TimeRange | null {
  if (chosen === null) return null;
  const room = (chosen.to - chosen.from) / 2;
  return { from: chosen.from - room, to: chosen.to + room };
}

/** Steps of minutes cannot be finer; coarser ones are asked for again when they are looked at closely. */
const FINEST_SECONDS = 60;

/** Whether a chosen range can be drawn from what was loaded, as finely as it could be. */
export function enough(loaded: TimeRange | null, range: TimeRange, answer: PatientAnswer | null): boolean {
  if (loaded === null || answer === null || !covers(loaded, range)) return false;
  return answer.resolution_seconds <= FINEST_SECONDS || (range.to - range.from) * 4 > loaded.to - loaded.from;
}
