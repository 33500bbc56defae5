import { count, counts, resultOf, type AuditContext, type InvariantResult } from './invariant.js';

/** I5: the bytes in bronze are those that came in: their SHA-256 is the one that was taken when they were frozen. */
export async function checkBytes({ database }: AuditContext): Promise<InvariantResult> {
  const found = await counts<'n' | 'changed'>(
    database,
    `SELECT count(*) AS n, count(*) FILTER (WHERE unhex(sha256(payload)) IS DISTINCT FROM payload_sha256) AS changed
     FROM bronze.patient_vitals`,
  );
  const problems = found.changed === 0 ? [] : [`the bytes of ${count(found.changed, 'message')} have changed`];
  return resultOf('I5', found.n, problems, `${count(found.n, 'message')} byte for byte as received`);
}
