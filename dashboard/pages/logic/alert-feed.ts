import type { AlertItem, AlertStatus, Severity } from '../../api.js';

/** More are not kept in the page: older ones are a question of the filters. */
export const FEED_LIMIT = 1_000;

export interface AlertFilter {
  readonly status?: AlertStatus;
  readonly severity?: Severity;
  readonly ward?: string;
  readonly rule?: string;
  readonly patient?: string;
}

/** Whether an alert that arrives belongs into the list; the status is left to the episode that it joins. */
export function passes(alert: AlertItem, filter: AlertFilter): boolean {
  return (
    (!filter.severity || alert.severity === filter.severity) &&
    (!filter.ward || alert.ward === filter.ward) &&
    (!filter.rule || alert.rule === filter.rule) &&
    (!filter.patient || alert.patient_id === filter.patient)
  );
}

/** The list with an alert that arrived, or changed, in its place; newest first, at most {@link FEED_LIMIT}. */
export function withAlert(alerts: readonly AlertItem[], arrived: AlertItem): readonly AlertItem[] {
  const known = alerts.findIndex((alert) => alert.alert_id === arrived.alert_id);
  if (known >= 0) return alerts.map((alert, index) => (index === known ? newer(alert, arrived) : alert));
  return [arrived, ...alerts].slice(0, FEED_LIMIT);
}

/** An answer that was made before an action may come after it: the longer history is the newer one. */
function newer(known: AlertItem, arrived: AlertItem): AlertItem {
  return arrived.history.length >= known.history.length ? arrived : known;
}
