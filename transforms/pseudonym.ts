import { createHmac } from 'node:crypto';
import { SHORT_HASH_LENGTH } from './short-hash.js';

/** Turns an id on the wire into the `patient_id` of every table but the restricted ones. */
export type Pseudonymizer = (sourceId: string) => string;

/**
 * The key without `--pseudonym-key-file`: public, so that it hides nobody. For synthetic data only; `vitals doctor`
 * warns while it is in use.
 */
export const DEVELOPMENT_PSEUDONYM_KEY: Uint8Array = new TextEncoder().encode('vitals-lakehouse development key');

/** Patients that one process remembers: a large hospital's beds many times over, about 20 MB. */
const REMEMBERED_PATIENTS = 100_000;

/**
 * A keyed pseudonymizer: the first 22 characters of HMAC-SHA256(key, id) in base64url. The same key and id give the same
 * pseudonym everywhere; without the key nobody can test a guess. Ids are NFC already (decode).
 *
 * A patient is computed once and then remembered; the longest known is forgotten when the memory is full.
 */
export function makePseudonymizer(key: Uint8Array, remembered = REMEMBERED_PATIENTS): Pseudonymizer {
  const known = new Map<string, string>();
  return (sourceId) => {
    const cached = known.get(sourceId);
    if (cached !== undefined) return cached;
    const pseudonym = createHmac('sha256', key).update(sourceId).digest('base64url').slice(0, SHORT_HASH_LENGTH);
    if (known.size >= remembered) known.delete(known.keys().next().value as string);
    known.set(sourceId, pseudonym);
    return pseudonym;
  };
}
