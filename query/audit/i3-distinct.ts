import { VERSIONS } from '../versions.js';
import { count, counts, resultOf, type AuditContext, type InvariantResult } from './invariant.js';

/**
 * I3: silver rows = distinct (reading_id, content_hash), and current rows = distinct reading_id. Only readings with
 * several rows can break it, and those are at hand. The views find the current row by patient and reading, so all
 * versions of a reading must be of one patient.
 */
export async function checkDistinct({ database }: AuditContext): Promise<InvariantResult> {
  const silver = await counts<'n'>(database, 'SELECT count(*) AS n FROM silver.patient_vitals');
  const repeats = await counts<'n'>(
    database,
    `SELECT count(*) AS n FROM (FROM ${VERSIONS} SELECT 1 GROUP BY reading_id, content_hash HAVING count(*) > 1)`,
  );
  const versions = await counts<'n' | 'readings' | 'torn'>(
    database,
    `SELECT sum(n) AS n, count(*) AS readings, count(*) FILTER (WHERE patients > 1) AS torn
     FROM (SELECT count(*) AS n, count(DISTINCT patient_id) AS patients FROM ${VERSIONS} GROUP BY reading_id)`,
  );
  const problems: string[] = [];
  if (repeats.n > 0) problems.push(`${count(repeats.n, 'version')} of readings are there more than once`);
  if (versions.torn > 0) problems.push(`${count(versions.torn, 'reading')} have versions of several patients`);
  const current = silver.n - versions.n + versions.readings;
  return resultOf('I3', silver.n, problems, `${count(silver.n, 'version')} of ${count(current, 'reading')}, each once`);
}
