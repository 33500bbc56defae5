import { momentAt } from '../../dashboard/queries/moments.js';
import { LakeStore } from '../../dashboard/queries/lake-store.js';
import type { AsOf } from '../../query/as-of.js';
import { parseTime } from '../../simulator/times.js';

/**
 * The batch that the lake stood at by a time, as the dashboard's time machine has it.
 *
 * @param text ISO 8601 with a zone, or a date (its start in UTC)
 * @throws ConfigurationError for a text that is no time; LakeError where there is no lake
 */
export async function asOfTime(lake: string, text: string): Promise<AsOf> {
  const time = parseTime('--as-of', text);
  const store = new LakeStore(lake);
  try {
    const { batch } = await momentAt(store, time);
    return { batch, time };
  } finally {
    await store.close();
  }
}
