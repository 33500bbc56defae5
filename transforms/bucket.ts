/**
 * Which of `buckets` groups a patient falls into: FNV-1a over the pseudonym, so that a patient's readings always meet in
 * one place, today and after a restart. Nothing in the lake depends on it.
 *
 * @returns a whole number from 0, below `buckets`
 */
export function bucketOf(pseudonym: string, buckets: number): number {
  if (buckets === 1) return 0;
  let hash = 0x811c9dc5;
  for (let i = 0; i < pseudonym.length; i += 1) {
    hash = Math.imul(hash ^ pseudonym.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0) % buckets;
}

/** Deals rows to the buckets of their patients, rows in their order; the rows themselves where there is one bucket. */
export function dealToBuckets<T extends { readonly patient_id: string }>(
  rows: readonly T[],
  buckets: number,
): (readonly T[])[] {
  if (buckets === 1) return [rows];
  const dealt: T[][] = Array.from({ length: buckets }, () => []);
  // Any number of buckets has its list.
  for (const row of rows) dealt[bucketOf(row.patient_id, buckets)]?.push(row);
  return dealt;
}
