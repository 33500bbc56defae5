import type { Intervention } from '../api.js';
import type { Question } from './question.js';
import { HOUR } from './times.js';

/** Oxygen is read from readings, one a second: of the end of a long range only. */
const LONGEST = 24 * HOUR;

const READINGS = {
  /** As they came: three small columns, which is a quarter of the work. */
  undisputed: `SELECT event_time, '' AS reading_id, supplemental_oxygen FROM silver.patient_vitals WHERE patient_id = $1`,
  current: `SELECT event_time, reading_id, supplemental_oxygen FROM silver.current_patient_vitals
    WHERE patient_id = $1 AND status <> 'entered-in-error'`,
};

/** When oxygen was put on or taken off: where a current reading differs from the one before it that says. */
export async function interventionsOf(
  { store, moment }: Question,
  id: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly Intervention[]> {
  const within = { 'silver.patient_vitals': { from: Math.max(from, to - LONGEST), to } };
  const disputes = `SELECT count(*) AS n FROM silver.patient_vitals
    WHERE patient_id = $1 AND (status <> 'final' OR conflict)`;
  const [row] = await store.ask(moment, disputes, [id], within);
  // A reading without another version is the current one.
  const readings = row?.['n'] === 0 ? READINGS.undisputed : READINGS.current;
  const sql = `SELECT event_time AS time, CASE WHEN supplemental_oxygen THEN 'oxygen_on' ELSE 'oxygen_off' END AS kind
    FROM (SELECT *, lag(supplemental_oxygen) OVER (ORDER BY event_time, reading_id) AS before FROM (${readings})
      WHERE supplemental_oxygen IS NOT NULL)
    WHERE supplemental_oxygen <> before ORDER BY event_time, reading_id`;
  return (await store.ask(moment, sql, [id], within)) as unknown as Intervention[];
}
