import type { AlertItem } from '../../api.js';
import { secondsBetween } from './times.js';

/** One step of the way of an alert, with the seconds since the step before it. */
export interface LedgerStep {
  readonly name: 'event' | 'publish' | 'receive' | 'commit' | 'shown';
  readonly text: string;
  readonly time: string | number | null;
  /** Seconds after the step before that has a time; null for the first and for a missing one. */
  readonly after: number | null;
}

/** The way of an alert from the bedside to the eye; `shownAt` is the browser's own time (epoch ms). */
export function ledgerOf(alert: AlertItem, shownAt: number | null): readonly LedgerStep[] {
  const times = [
    ['event', 'Measured', alert.event_time],
    ['publish', 'Published', alert.publish_time],
    ['receive', 'Received', alert.receive_time],
    ['commit', 'Committed', alert.commit_time],
    ['shown', 'Shown here', shownAt],
  ] as const;
  let before: string | number | null = null;
  return times.map(([name, text, time]) => {
    const after = secondsBetween(before, time);
    if (time !== null) before = time;
    return { name, text, time, after };
  });
}
