import type { AlertItem } from '../api.js';
import { ALERT_COLUMNS, alertItem, histories } from './alert-items.js';
import type { Question } from './question.js';
import { askStanding } from './standing-alerts.js';
import { HOUR } from './times.js';

/** What is known of one alert. */
export type FoundAlert =
  | { readonly state: 'raised'; readonly alert: AlertItem }
  | { readonly state: 'withdrawn' }
  | { readonly state: 'unknown' };

/** Looks for an alert by its id, among those of the last hour first. */
export async function findAlert(question: Question, id: string): Promise<FoundAlert> {
  const sql = `SELECT state, ${ALERT_COLUMNS} FROM gold.alerts WHERE alert_id = $1 ORDER BY order_key DESC LIMIT 1`;
  for (const from of [question.moment.frontier - HOUR, -Infinity]) {
    const [row] = await question.store.ask(question.moment, sql, [id], { 'gold.alerts': { from, to: Infinity } });
    if (row === undefined) continue;
    if (row['state'] !== 'raised') return { state: 'withdrawn' };
    return { state: 'raised', alert: alertItem(row, await histories(question)) };
  }
  return { state: 'unknown' };
}

/** The newest alerts that batches after one have raised, and that stand. */
export async function alertsAfter(question: Question, batch: number, limit: number): Promise<readonly AlertItem[]> {
  const ask = (standing: string) => `SELECT ${ALERT_COLUMNS} FROM ${standing} WHERE batch > $1
    ORDER BY batch DESC, CASE severity WHEN 'critical' THEN 0 WHEN 'urgent' THEN 1 ELSE 2 END, event_time DESC, alert_id
    LIMIT $2`;
  const rows = await askStanding(question, ask, [batch, limit], { from: -Infinity, to: Infinity }, batch);
  const known = await histories(question);
  return rows.map((row) => alertItem(row, known)).reverse();
}
