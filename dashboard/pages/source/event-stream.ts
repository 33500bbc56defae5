import type { ServerEvents } from '../../api.js';
import { retryDelay } from '../logic/freshness.js';
import type { FeedListener } from './source.js';

const EVENTS = ['commit', 'alert', 'action'] as const satisfies readonly (keyof ServerEvents)[];

/**
 * Listens to a stream of server-sent events, and connects again after a break, waiting longer each time (with chance, so that
 * twenty screens do not come back in the same second). EventSource's own reconnection has a fixed pause and ends at an error
 * status, so it is closed and opened anew.
 */
export function listenTo(url: string, listener: FeedListener, chance: () => number): () => void {
  let stream: EventSource | null = null;
  let timer = 0;
  let attempt = 0;
  const open = (): void => {
    stream = new EventSource(url);
    stream.onopen = () => {
      attempt = 0;
      listener.connection(true, null);
    };
    stream.onerror = () => {
      stream?.close();
      const wait = retryDelay(attempt++, chance());
      listener.connection(false, Date.now() + wait);
      timer = window.setTimeout(open, wait);
    };
    for (const name of EVENTS) {
      stream.addEventListener(name, (event) => listener.event(name, JSON.parse((event as MessageEvent<string>).data)));
    }
  };
  open();
  return () => {
    stream?.close();
    window.clearTimeout(timer);
  };
}
