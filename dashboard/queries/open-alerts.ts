import { GOLD_ALERTS } from '../../schema/tables/gold-alerts.js';
import { GOLD_ALERT_EVENTS } from '../../schema/tables/gold-alert-events.js';
import { histories } from './alert-items.js';
import { paceOf, stateOf, type Question } from './question.js';
import { askStanding } from './standing-alerts.js';
import { HOUR } from './times.js';

/** Alerts of the last hour that stand. */
export interface OpenAlerts {
  /** All of them, by ward. */
  readonly byWard: ReadonlyMap<string, number>;
  /** Those that nobody has acted on, by patient. */
  readonly byPatient: ReadonlyMap<string, number>;
}

/** Counts the alerts of the hour up to now. */
export function openAlerts(question: Question): Promise<OpenAlerts> {
  const from = question.moment.frontier - HOUR;
  const key = `open alerts ${paceOf(question, GOLD_ALERTS, from)} ${stateOf(question, [GOLD_ALERT_EVENTS])}`;
  return question.parts.get(key, async () => {
    const acted = (await histories(question)).size > 0;
    const open = acted ? 'FILTER (alert_id NOT IN (SELECT alert_id FROM gold.alert_events))' : '';
    const ask = (standing: string) => `SELECT patient_id, coalesce(ward, 'unknown') AS ward, count(*) AS standing,
      count(*) ${open} AS open FROM ${standing} GROUP BY patient_id, ward`;
    const rows = await askStanding(question, ask, [], { from, to: Infinity });
    const [byWard, byPatient] = [new Map<string, number>(), new Map<string, number>()];
    for (const row of rows) {
      add(byWard, row['ward'] as string, row['standing'] as number);
      add(byPatient, row['patient_id'] as string, row['open'] as number);
    }
    return { byWard, byPatient };
  });
}

function add(counts: Map<string, number>, name: string, count: number): void {
  counts.set(name, (counts.get(name) ?? 0) + count);
}
