import type { Database } from './database.js';

/** Keys of readings that have several versions. */
export const REPEATED = 'scratch.repeated_readings';
/** All versions of those, with their `place`: 1 is the current one. */
export const VERSIONS = 'scratch.reading_versions';
/** The current version of each of those. */
export const WINNERS = 'scratch.winning_versions';

/**
 * The total order of the versions of a reading, greatest first, as in silver.current_patient_vitals (bigquery/views/) and
 * transforms/version-order.ts; a test holds them together.
 */
export const GREATEST_VERSION_FIRST = `
  CASE status WHEN 'entered-in-error' THEN 2 WHEN 'corrected' THEN 1 ELSE 0 END DESC,
  sent_time DESC NULLS LAST, content_hash DESC`;

/** Readings of one pass: the keys of this many are held in memory at once (about 60 bytes each). */
const READINGS_PER_PASS = 5_000_000;

/**
 * Finds the readings that have several versions, keeps all versions of those and the winner of each.
 *
 * Nearly all readings have one version, which is then the current one: current silver is silver without
 * {@link REPEATED}, and {@link WINNERS}. So the current rows can be streamed without sorting or holding silver, and a
 * correction that moves a reading to another day is still seen. Memory: the passes bound the search; what is kept grows
 * with the number of corrections only, and spills.
 *
 * @param rows about how many rows silver has
 */
export async function collectVersions(database: Database, rows: number): Promise<void> {
  const passes = Math.max(1, Math.ceil(rows / READINGS_PER_PASS));
  await database.run('CREATE SCHEMA IF NOT EXISTS scratch');
  await database.run(`CREATE OR REPLACE TABLE ${REPEATED} (reading_id VARCHAR)`);
  for (let pass = 0; pass < passes; pass += 1) {
    const share = passes === 1 ? '' : `WHERE hash(reading_id) % ${passes} = ${pass}`;
    await database.run(
      `INSERT INTO ${REPEATED}
       SELECT reading_id FROM silver.patient_vitals ${share} GROUP BY reading_id HAVING count(*) > 1`,
    );
  }
  await database.run(
    `CREATE OR REPLACE TABLE ${VERSIONS} AS
     SELECT *, row_number() OVER (PARTITION BY reading_id ORDER BY ${GREATEST_VERSION_FIRST}) AS place
     FROM silver.patient_vitals SEMI JOIN ${REPEATED} USING (reading_id)`,
  );
  await database.run(`CREATE OR REPLACE VIEW ${WINNERS} AS SELECT * EXCLUDE (place) FROM ${VERSIONS} WHERE place = 1`);
}
