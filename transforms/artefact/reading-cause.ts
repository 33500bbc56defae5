import type { Cause } from '../anomaly-cause.js';
import { ROW_RULES } from '../compiled-rules.js';
import type { Flags, ScoredReading } from '../reading.js';
import { credible } from './credible.js';

/**
 * The column `cause`: `patient` where a rule for alerts, the model's anomaly among them, holds on vitals whose sensors are
 * not in doubt; else `sensor` where a flag speaks against a sensor; else null, because there is nothing to judge.
 *
 * Row-local: what only neighbours can tell is in gold.vital_artefacts. Pure.
 *
 * @param reading scored, its own `cause` not yet looked at
 * @param flags the same as `reading.flags`, as an object
 */
export function readingCause(reading: ScoredReading, flags: Flags | null): Cause | null {
  if (reading.status === 'entered-in-error') return null;
  const seen = flags === null ? reading : credible(reading, flags);
  if (ROW_RULES.match(seen).length > 0) return 'patient';
  return seen === reading ? null : 'sensor';
}
