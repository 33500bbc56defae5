/** Which of `shares` workers owns a patient: by the hash that also deals patients to the buckets of a shuffle. */
export { bucketOf as ownerOf } from '../../../transforms/bucket.js';
