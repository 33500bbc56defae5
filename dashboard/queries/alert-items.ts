import type { AlertEvent, AlertItem, AlertStatus, Severity } from '../api.js';
import type { QueryRow } from '../../query/database.js';
import { GOLD_ALERT_EVENTS, type AlertEventRow } from '../../schema/tables/gold-alert-events.js';
import { stateOf, type Question } from './question.js';

/** The columns of an alert that {@link alertItem} reads. */
export const ALERT_COLUMNS = `alert_id, patient_id, ward, bed, rule, severity, value, explanation, event_time, publish_time,
  receive_time, commit_time`;

/** What people did, by alert, in order. */
export type Histories = ReadonlyMap<string, readonly AlertEvent[]>;

/** Everything that people did by a moment: few rows, because people did it. */
export function histories(question: Question): Promise<Histories> {
  return question.parts.get(`histories ${stateOf(question, [GOLD_ALERT_EVENTS])}`, async () => {
    const sql = `SELECT alert_id, event_number, status, who, note, acted_at FROM gold.alert_events
      ORDER BY alert_id, event_number`;
    const found = new Map<string, AlertEvent[]>();
    for (const row of await question.store.ask(question.moment, sql)) {
      const id = row['alert_id'] as string;
      const event = {
        status: row['status'] as AlertEvent['status'],
        who: row['who'] as string,
        at: row['acted_at'] as string,
        note: row['note'] as string | null,
      };
      const events = found.get(id);
      if (events) events.push(event);
      else found.set(id, [event]);
    }
    return found;
  });
}

/** An alert with its history. */
export function alertItem(row: QueryRow, all: Histories): AlertItem {
  const history = all.get(row['alert_id'] as string) ?? [];
  return {
    alert_id: row['alert_id'] as string,
    patient_id: row['patient_id'] as string,
    ward: row['ward'] as string | null,
    bed: row['bed'] as string | null,
    rule: row['rule'] as string,
    severity: row['severity'] as Severity,
    value: row['value'] as number | null,
    explanation: row['explanation'] as string,
    event_time: row['event_time'] as string,
    publish_time: row['publish_time'] as string | null,
    receive_time: row['receive_time'] as string,
    commit_time: row['commit_time'] as string,
    status: statusOf(history),
    history,
  };
}

/** The events of an alert as the log holds them. */
export function historyOf(rows: readonly AlertEventRow[]): readonly AlertEvent[] {
  return rows.map(({ status, who, acted_at, note }) => ({
    status: status as AlertEvent['status'],
    who,
    at: new Date(acted_at).toISOString(),
    note,
  }));
}

export function statusOf(history: readonly AlertEvent[]): AlertStatus {
  return history.at(-1)?.status ?? 'open';
}
