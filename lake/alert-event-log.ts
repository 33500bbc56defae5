import { GOLD_ALERT_EVENTS, type AlertEventRow } from '../schema/tables/gold-alert-events.js';
import { EventLog } from './event-log.js';
import type { Storage } from './storage/storage.js';

/** An event to append; its number in the alert's history is given by the log. */
export type NewAlertEvent = Omit<AlertEventRow, 'event_number'>;

/** What people did about alerts, by alert. Delivery and errors are those of {@link EventLog}. */
export class AlertEventLog {
  readonly #log: EventLog<AlertEventRow>;

  constructor(root: string | Storage) {
    this.#log = new EventLog(root, GOLD_ALERT_EVENTS, (row) => row.acted_at);
  }

  /** The events of an alert, in order. */
  async history(alertId: string): Promise<readonly AlertEventRow[]> {
    return historyIn(await this.#log.rows(), alertId);
  }

  /**
   * Appends what `decide` makes of the history as it stands when its turn has come; nothing where it says null.
   *
   * @returns the history afterwards
   */
  async append(
    alertId: string,
    decide: (history: readonly AlertEventRow[]) => NewAlertEvent | null,
  ): Promise<readonly AlertEventRow[]> {
    let history: readonly AlertEventRow[] = [];
    const added = await this.#log.append((rows) => {
      history = historyIn(rows, alertId);
      const event = decide(history);
      return event === null ? [] : [numbered(event, history.length + 1)];
    });
    return [...history, ...added];
  }
}

function historyIn(rows: readonly AlertEventRow[], alertId: string): readonly AlertEventRow[] {
  return rows.filter((row) => row.alert_id === alertId).sort((a, b) => a.event_number - b.event_number);
}

function numbered(event: NewAlertEvent, event_number: number): AlertEventRow {
  const { alert_id, status, who, note, acted_at } = event;
  return { alert_id, event_number, status, who, note, acted_at };
}
