import type { LakeSnapshot } from '../../lake/reader.js';
import { SILVER_PATIENT_VITALS } from '../../schema/tables/silver-patient-vitals.js';
import { relationIn, type Slice } from '../slices.js';
import { instant } from '../sql-text.js';
import { REPEATED, WINNERS } from '../versions.js';

/**
 * Current readings of a slice of event time, tombstones left out, in parentheses: what gold is computed from. Besides
 * silver's columns: `ms` (event_time), and `position`, which orders readings by (event_time, reading_id).
 */
export function currentReadingsIn(snapshot: LakeSnapshot, slice: Slice): string {
  const silver = relationIn(snapshot, SILVER_PATIENT_VITALS, slice);
  const within = `event_time >= ${instant(slice.from)} AND event_time < ${instant(slice.to)}`;
  return `(
    SELECT *, epoch_ms(event_time) AS ms, lpad(epoch_ms(event_time)::VARCHAR, 15, '0') || reading_id AS position
    FROM (FROM ${silver} ANTI JOIN ${REPEATED} USING (reading_id)
      UNION ALL BY NAME FROM ${WINNERS} WHERE ${within})
    WHERE status <> 'entered-in-error')`;
}
