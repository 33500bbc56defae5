import type { EventTimes } from '../../query/pruned-relations.js';
import { SILVER_PATIENT_VITALS } from '../../schema/tables/silver-patient-vitals.js';
import type { Parameter, QueryRow } from '../../query/database.js';
import { fileSums } from './file-sums.js';
import type { Question } from './question.js';

/** Readings that may have several versions: each version but the first says so of itself. */
const DISPUTED = `list(reading_id) FILTER (status <> 'final' OR conflict) AS disputed`;

/**
 * Asks the alerts that stand: those of gold.current_alerts, found without sorting them all.
 *
 * An alert has several rows only when its reading has several versions. So the rows of all other readings are taken as they
 * come, and the view decides about the rest: a hospital raises a million alerts an hour, and a handful are disputed.
 *
 * @param ask the question, given the relation that holds the alerts
 * @param parameters values of the question: $1, $2 ...
 */
export async function askStanding(
  question: Question,
  ask: (standing: string) => string,
  parameters: readonly Parameter[],
  times: EventTimes,
  after = 0,
): Promise<QueryRow[]> {
  const disputed = await disputedReadings(question);
  const list = `$${parameters.length + 1}`;
  const among = `reading_id IN (SELECT unnest(CAST(${list} AS VARCHAR[])) UNION ALL
    SELECT reading_id FROM gold.alerts WHERE state = 'withdrawn')`;
  const standing =
    disputed.length === 0
      ? `(SELECT * FROM gold.alerts WHERE state = 'raised')`
      : `(SELECT * FROM gold.alerts WHERE state = 'raised' AND NOT (${among})
          UNION ALL SELECT * FROM gold.current_alerts WHERE ${among})`;
  const bound = disputed.length === 0 ? parameters : [...parameters, disputed];
  return question.store.ask(question.moment, ask(standing), bound, { 'gold.alerts': times }, after);
}

async function disputedReadings(question: Question): Promise<readonly string[]> {
  const rows = await fileSums(question, { table: SILVER_PATIENT_VITALS, select: DISPUTED });
  return rows.flatMap((row) => (row['disputed'] as readonly string[] | null) ?? []);
}
