import { alertsOf, type Alert } from '../../../transforms/alert.js';
import type { ScoredReading } from '../../../transforms/reading.js';
import { countWardAlerts, type WardAlertHour } from '../../../transforms/ward-alerts.js';
import type { GraphOutcome } from './graph-outcome.js';
import type { Settlement, WinnerChange } from './settle.js';

export interface SettledAlerts {
  readonly raised: readonly Alert[];
  readonly withdrawn: readonly Alert[];
  /** Raised less withdrawn, by ward, rule, severity and hour. */
  readonly wardAlerts: readonly WardAlertHour[];
}

/**
 * The alerts of a batch once it is known which rows stand: repeats raise nothing, a version that lost raises nothing,
 * and a reading whose winner has changed raises what its new version calls for and withdraws the rest.
 */
export function settleAlerts(outcome: GraphOutcome, settled: Settlement, ruleVersion: string): SettledAlerts {
  if (settled.disputed.size === 0) {
    return { raised: outcome.alerts, withdrawn: [], wardAlerts: outcome.wardAlerts };
  }
  const raised = outcome.alerts.filter((alert) => !settled.disputed.has(alert.reading_id));
  const withdrawn: Alert[] = [];
  const standingBefore: Alert[] = [];
  for (const change of settled.changes) {
    const { before, after } = alertsOfChange(change, ruleVersion);
    const stillRaised = new Set(after.map((alert) => alert.alert_id));
    raised.push(...after);
    standingBefore.push(...before);
    for (const alert of before) if (!stillRaised.has(alert.alert_id)) withdrawn.push({ ...alert, state: 'withdrawn' });
  }
  const less = countWardAlerts(standingBefore).map((count) => ({ ...count, n: -count.n }));
  return { raised, withdrawn, wardAlerts: [...countWardAlerts(raised), ...less] };
}

function alertsOfChange(
  { before, after }: WinnerChange,
  ruleVersion: string,
): { before: readonly Alert[]; after: readonly Alert[] } {
  // A winner can only change to a row of this batch, which still has its provenance.
  const winner = after as ScoredReading;
  const { offset, item, publish_time, receive_time } = winner;
  return {
    before: before ? alertsOf({ ...before, offset, item, publish_time, receive_time }, ruleVersion) : [],
    after: alertsOf(winner, ruleVersion),
  };
}
