import { count, counts, resultOf, type AuditContext, type InvariantResult } from './invariant.js';

/**
 * I1: every acknowledged message is in bronze. A batch is acknowledged after it is frozen, and its manifest says how many
 * messages it froze; so all batches up to the snapshot's together hold as many rows as the manifests say, and the
 * offsets of each batch run from 0 without gap or repeat. A batch without any message (one that only fired panes) has no
 * row. Batches beyond the snapshot are frozen but not finished, and not counted.
 */
export async function checkBronzeComplete({ snapshot, database }: AuditContext): Promise<InvariantResult> {
  // Sum and sum of squares tell 0..n-1 from anything that faults make of it, in constant memory.
  const found = await counts<'batches' | 'messages' | 'gaps' | 'first_gap' | 'outside'>(
    database,
    `SELECT count(*) AS batches, sum(n) AS messages, count(*) FILTER (WHERE broken) AS gaps,
       min(batch) FILTER (WHERE broken) AS first_gap, count(*) FILTER (WHERE batch < 1) AS outside
     FROM (
       SELECT batch, count(*) AS n,
         min("offset") <> 0 OR max("offset") <> count(*) - 1
         OR sum("offset"::HUGEINT) <> count(*)::HUGEINT * (count(*) - 1) / 2
         OR sum("offset"::HUGEINT * "offset") <> count(*)::HUGEINT * (count(*) - 1) * (2 * count(*) - 1) / 6 AS broken
       FROM bronze.patient_vitals WHERE batch <= ${snapshot.sequence} GROUP BY batch)`,
  );
  const problems: string[] = [];
  if (found.messages !== snapshot.totals.messages) {
    problems.push(`bronze holds ${count(found.messages, 'message')}, the manifests froze ${snapshot.totals.messages}`);
  }
  if (found.gaps > 0)
    problems.push(`offsets of ${count(found.gaps, 'batch', 'batches')} have gaps, first in ${found.first_gap}`);
  if (found.outside > 0) problems.push(`${count(found.outside, 'batch', 'batches')} below 1`);
  return resultOf(
    'I1',
    found.messages,
    problems,
    `${count(found.messages, 'message')} in bronze, as many as were frozen`,
  );
}
