import type { CommittedState } from './committed-state.js';
import { BUCKET_MILLIS, DuplicateIndex } from './duplicate-index.js';
import { ownerOf } from '../direct/owner.js';

/**
 * Makes buckets of the duplicate index resident with what silver has of this share's patients, in one scan of the
 * stretch that they span. Buckets that silver has nothing of cost nothing.
 */
export async function loadBuckets(
  index: DuplicateIndex,
  committed: CommittedState,
  buckets: readonly number[],
  share: { readonly index: number; readonly of: number },
): Promise<void> {
  if (buckets.length === 0) return;
  for (const bucket of buckets) index.load(bucket, [], []);
  const held = new Set(await committed.stretchesInSilver(buckets, BUCKET_MILLIS));
  if (held.size === 0) return;
  const starts = [...held].sort((a, b) => a - b);
  const end = (starts.at(-1) ?? 0) + BUCKET_MILLIS;
  for await (const keys of committed.readingKeysBetween(starts[0] ?? 0, end)) {
    for (let i = 0; i < keys.event_time.length; i += 1) {
      const eventTime = keys.event_time[i] ?? 0;
      if (!held.has(DuplicateIndex.bucketOf(eventTime))) continue;
      if (ownerOf(keys.patient_id[i] ?? '', share.of) !== share.index) continue;
      index.observe(keys.reading_id[i] ?? '', keys.content_hash[i] ?? '', eventTime);
    }
  }
}
