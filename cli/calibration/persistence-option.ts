import { DEFAULT_PERSISTENCE, type Persistence } from '../../model/calibration/persistence.js';
import { ConfigurationError } from '../../schema/errors.js';

/** Minutes of a day: longer windows would see yesterday. */
const MOST_MINUTES = 1440;

/**
 * Reads `3/5` or `3/5/30`: k of n minutes, and minutes without any until an alarm may come again.
 * @throws ConfigurationError
 */
export function parsePersistence(text: string): Persistence {
  const [, k, n, rearm] = /^(\d{1,4})\/(\d{1,4})(?:\/(\d{1,4}))?$/.exec(text.trim()) ?? [];
  const parsed = { k: Number(k), n: Number(n), rearmMinutes: Number(rearm ?? DEFAULT_PERSISTENCE.rearmMinutes) };
  if (parsed.k >= 1 && parsed.k <= parsed.n && parsed.n <= MOST_MINUTES && parsed.rearmMinutes <= MOST_MINUTES)
    return parsed;
  const remedy = 'Give k of n minutes, such as 3/5, or with the minutes that arm it again, 3/5/30.';
  throw new ConfigurationError('--persistence', `'${text}' is not k/n with 1 <= k <= n`, remedy);
}
