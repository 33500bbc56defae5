import type { AlertItem, AlertStatus } from '../../api.js';
import { epoch } from './times.js';

/** Alerts of one patient and rule within this of each other are one episode: as gold.alert_episodes has it. */
export const EPISODE_GAP_MS = 15 * 60_000;

/** What a list shows as one line: a patient in trouble raises an alert at every reading, and is one piece of news. */
export interface Episode {
  /** Of its first alert: stays while the episode grows. */
  readonly key: string;
  readonly latest: AlertItem;
  /** Newest first. */
  readonly alerts: readonly AlertItem[];
  /** What has been done about it, whichever of its alerts it was done to. */
  readonly status: AlertStatus;
  /** Alerts raised since it was acknowledged. */
  readonly since: number;
}

/** Groups alerts into episodes, those with the newest alert first. Repeats of an `alert_id` count once, the last given wins. */
export function episodesOf(alerts: readonly AlertItem[]): readonly Episode[] {
  const unique = [...new Map(alerts.map((alert) => [alert.alert_id, alert])).values()];
  const ordered = unique.sort((a, b) => time(a) - time(b) || (a.alert_id < b.alert_id ? -1 : 1));
  const closed: AlertItem[][] = [];
  const open = new Map<string, AlertItem[]>();
  for (const alert of ordered) {
    const subject = `${alert.patient_id}\n${alert.rule}`;
    const running = open.get(subject);
    if (running && time(alert) - time(running.at(-1)!) <= EPISODE_GAP_MS) running.push(alert);
    else {
      const started = [alert];
      open.set(subject, started);
      closed.push(started);
    }
  }
  return closed.map(episode).sort((a, b) => time(b.latest) - time(a.latest) || (a.key < b.key ? -1 : 1));
}

function episode(oldestFirst: readonly AlertItem[]): Episode {
  const alerts = [...oldestFirst].reverse();
  const { status, since } = statusOf(alerts);
  return { key: alerts.at(-1)!.alert_id, latest: alerts[0]!, alerts, status, since };
}

/** An acknowledgement holds for the episode while it goes on; an alert after it was resolved opens it again. */
function statusOf(newestFirst: readonly AlertItem[]): { status: AlertStatus; since: number } {
  const acted = newestFirst.findIndex((alert) => alert.status !== 'open');
  if (acted < 0) return { status: 'open', since: 0 };
  const last = newestFirst[acted]!;
  if (last.status === 'resolved' && acted > 0) return { status: 'open', since: 0 };
  return { status: last.status, since: acted };
}

const time = (alert: AlertItem): number => epoch(alert.event_time) ?? 0;
