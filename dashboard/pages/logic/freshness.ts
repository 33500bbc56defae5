import { durationText, timeText } from './times.js';

/** Without a commit for so long, what is shown is called stale, milliseconds. */
export const STALE_AFTER_MS = 15_000;

/** What the page knows about where its data comes from. */
export interface Feed {
  /** A copy on disk: nothing will ever arrive. */
  readonly snapshotOf: number | null;
  /** A time that was asked for: what is shown is not now. */
  readonly asOf: number | null;
  /** The event stream; `retryAt` while it is down. */
  readonly connected: boolean;
  readonly retryAt: number | null;
  /** When the newest batch was committed, by this browser's clock; null before the first. */
  readonly committedAt: number | null;
}

export type FeedState = 'live' | 'stale' | 'lost' | 'past' | 'snapshot' | 'waiting';

export interface Freshness {
  readonly state: FeedState;
  /** One word, always with the dot: never colour alone. */
  readonly label: string;
  readonly detail: string;
}

/** Whether what is shown is now, and if not, since when. Times in epoch milliseconds. */
export function freshness(feed: Feed, now: number): Freshness {
  if (feed.snapshotOf !== null)
    return { state: 'snapshot', label: 'Snapshot', detail: `of ${timeText(feed.snapshotOf, 'full')}` };
  if (!feed.connected && feed.retryAt !== null) {
    const wait = Math.max(0, Math.ceil((feed.retryAt - now) / 1_000));
    const since = feed.committedAt === null ? '' : `, last data ${timeText(feed.committedAt)}`;
    return { state: 'lost', label: 'Connection lost', detail: `retrying in ${wait} s${since}` };
  }
  if (feed.asOf !== null) return { state: 'past', label: 'Not now', detail: `as of ${timeText(feed.asOf, 'full')}` };
  if (feed.committedAt === null) return { state: 'waiting', label: 'Waiting', detail: 'for the first commit' };
  const age = Math.max(0, now - feed.committedAt);
  if (age <= STALE_AFTER_MS) return { state: 'live', label: 'Live', detail: `updated ${timeText(feed.committedAt)}` };
  const since = timeText(feed.committedAt, age > 12 * 3_600_000 ? 'full' : 'second');
  return { state: 'stale', label: 'Stale', detail: `no commit since ${since} (${durationText(age / 1_000)})` };
}

/** How long to wait before the nth try to reconnect, milliseconds: doubling to 30 s, with up to a half of chance. */
export function retryDelay(attempt: number, chance: number): number {
  return Math.min(30_000, 500 * 2 ** Math.min(attempt, 10)) * (0.5 + chance / 2);
}
