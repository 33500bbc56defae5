import type { LakeSnapshot } from '../../lake/reader.js';
import type { Database } from '../database.js';

/** Where readings lie (patient, event_time in ms) whose effect on the pane table in question may not have been fired. */
export const UNFIRED_READINGS = 'scratch.unfired_readings';

/** The last batch whose contributions to a table have all been fired: all of them where the manifest does not say so. */
export function firedUpTo(snapshot: LakeSnapshot, table: string): number {
  return snapshot.manifest === null ? 0 : (snapshot.manifest.fired[table] ?? 0);
}

/**
 * Collects {@link UNFIRED_READINGS} of one pane table: every version of a reading that has a version of a later batch,
 * because a correction also takes the reading away from where it was.
 */
export async function collectUnfired(database: Database, snapshot: LakeSnapshot, fired: number): Promise<void> {
  const later =
    fired >= snapshot.sequence
      ? 'false'
      : `reading_id IN (SELECT reading_id FROM silver.patient_vitals WHERE batch > ${fired})`;
  await database.run(
    `CREATE OR REPLACE TABLE ${UNFIRED_READINGS} AS
     SELECT DISTINCT patient_id, epoch_ms(event_time) AS ms FROM silver.patient_vitals WHERE ${later}`,
  );
}
