import type { AlertItem, AlertsAnswer, AlertStatus, Severity } from '../api.js';
import type { Parameter } from '../../query/database.js';
import type { EventTimes } from '../../query/pruned-relations.js';
import { GOLD_ALERT_EVENTS } from '../../schema/tables/gold-alert-events.js';
import { GOLD_ALERTS } from '../../schema/tables/gold-alerts.js';
import { ALERT_COLUMNS, alertItem, histories } from './alert-items.js';
import type { Answer } from './moment.js';
import { paceOf, stateOf, type Question } from './question.js';
import { askStanding } from './standing-alerts.js';
import { HOUR, MINUTE } from './times.js';

/** What alerts are asked for; null leaves a filter open. */
export interface AlertsQuestion {
  readonly status: AlertStatus | null;
  readonly severity: Severity | null;
  readonly ward: string | null;
  readonly rule: string | null;
  readonly patient: string | null;
  /** Event times, epoch ms; null: from an hour before now, and to no end. */
  readonly from: number | null;
  readonly to: number | null;
  readonly limit: number;
}

/** The newest alerts are looked for in short stretches first: a hospital raises hundreds a second. */
const STRETCHES = [2 * MINUTE, 15 * MINUTE] as const;

/** Where an alert `a` stands, as SQL; while nobody has acted on any, all are open. */
async function statusSql(question: Question): Promise<string> {
  if ((await histories(question)).size === 0) return "'open'";
  return `coalesce((SELECT max_by(e.status, e.event_number) FROM gold.alert_events e WHERE e.alert_id = a.alert_id), 'open')`;
}

/** Standing alerts, newest first, and how many there are. */
export async function alerts(question: Question, asked: AlertsQuestion): Promise<Answer<AlertsAnswer>> {
  const times = { from: asked.from ?? question.moment.frontier - HOUR, to: asked.to ?? Infinity };
  const [list, sums] = await Promise.all([
    newestAlerts(question, { ...asked, ...times }),
    summary(question, asked, times),
  ]);
  const all = sums.counts.open + sums.counts.acknowledged + sums.counts.resolved;
  const total = asked.status === null ? all : sums.counts[asked.status];
  return { alerts: list, total: Math.max(total, list.length), ...sums };
}

/** Conditions and their bound values. */
interface Filter {
  readonly sql: string;
  readonly values: readonly Parameter[];
}

function filterOf(asked: AlertsQuestion, withStatus: boolean): Filter {
  const conditions: string[] = ['true'];
  const values: Parameter[] = [];
  const add = (expression: string, value: string | null) => {
    if (value !== null) conditions.push(`${expression} = $${values.push(value)}`);
  };
  add('severity', asked.severity);
  add(`coalesce(ward, 'unknown')`, asked.ward);
  add('rule', asked.rule);
  add('patient_id', asked.patient);
  if (withStatus) add('status', asked.status);
  return { sql: conditions.join(' AND '), values };
}

/** Standing alerts, newest first. */
export function newestAlerts(question: Question, asked: AlertsQuestion): Promise<readonly AlertItem[]> {
  const times = { from: asked.from ?? -Infinity, to: asked.to ?? Infinity };
  const key = `alerts ${stateOf(question, [GOLD_ALERTS, GOLD_ALERT_EVENTS])} ${JSON.stringify(asked)}`;
  return question.parts.get(key, async () => {
    const end = Math.min(times.to, question.moment.frontier);
    for (const stretch of STRETCHES) {
      if (end - stretch <= times.from) break;
      const found = await within(question, asked, { from: end - stretch, to: times.to });
      if (found.length >= asked.limit) return found;
    }
    return within(question, asked, times);
  });
}

async function within(question: Question, asked: AlertsQuestion, times: EventTimes): Promise<readonly AlertItem[]> {
  const { sql, values } = filterOf(asked, true);
  const status = await statusSql(question);
  const ask = (standing: string) => `SELECT ${ALERT_COLUMNS} FROM (SELECT *, ${status} AS status FROM ${standing} a)
    WHERE ${sql} ORDER BY event_time DESC, alert_id LIMIT $${values.length + 1}`;
  const rows = await askStanding(question, ask, [...values, asked.limit], times);
  const known = await histories(question);
  return rows.map((row) => alertItem(row, known));
}

type Sums = Pick<AlertsAnswer, 'counts' | 'wards' | 'rules'>;

/** How many alerts pass every filter but that of the status, and what there is to filter by. */
function summary(question: Question, asked: AlertsQuestion, times: EventTimes): Promise<Sums> {
  const { sql, values } = filterOf(asked, false);
  const state = `${paceOf(question, GOLD_ALERTS, times.from)} ${stateOf(question, [GOLD_ALERT_EVENTS])}`;
  const since = asked.from === null ? 'the hour' : times.from;
  return question.parts.get(`alert sums ${state} ${JSON.stringify([since, times.to, sql, values])}`, async () => {
    const status = await statusSql(question);
    const ask = (
      standing: string,
    ) => `SELECT coalesce(ward, 'unknown') AS ward, rule, ${status} AS status, count(*) AS n,
      count(*) FILTER (${sql}) AS passing FROM ${standing} a GROUP BY ALL`;
    const rows = await askStanding(question, ask, values, times);
    const counts = { open: 0, acknowledged: 0, resolved: 0 };
    for (const row of rows) counts[row['status'] as AlertStatus] += row['passing'] as number;
    const distinct = (name: string) => [...new Set(rows.map((row) => row[name] as string))].sort();
    return { counts, wards: distinct('ward'), rules: distinct('rule') };
  });
}
