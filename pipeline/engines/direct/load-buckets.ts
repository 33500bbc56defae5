import type { CommittedState } from './committed-state.js';
import { BUCKET_MILLIS, DuplicateIndex } from './duplicate-index.js';
import { ownerOf } from './owner.js';

/** Makes buckets of the duplicate index resident with what silver has of this share's patients. */
export async function loadBuckets(
  index: DuplicateIndex,
  committed: CommittedState,
  buckets: readonly number[],
  share: { readonly index: number; readonly of: number },
): Promise<void> {
  for (const bucket of buckets) {
    const keys = await committed.readingKeysBetween(bucket, bucket + BUCKET_MILLIS);
    const ids: string[] = [];
    const hashes: string[] = [];
    keys.patient_id.forEach((patientId, i) => {
      if (ownerOf(patientId, share.of) !== share.index) return;
      ids.push(keys.reading_id[i] ?? '');
      hashes.push(keys.content_hash[i] ?? '');
    });
    index.load(bucket, ids, hashes);
  }
}
