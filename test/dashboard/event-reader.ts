import { get, type IncomingMessage } from 'node:http';

/** A browser that listens, as far as the server can tell. */
export interface Listener {
  readonly status: number;
  readonly response: IncomingMessage;
  /** Resolves with the data of the next event of a name; rejects after the deadline. */
  next(event: string): Promise<unknown>;
  close(): void;
}

/** Longest wait for an event, milliseconds. */
const DEADLINE = 10_000;

/** Opens the event stream of a server. */
export function listenTo(url: string): Promise<Listener> {
  return new Promise((resolve, reject) => {
    const request = get(`${url}/api/events`, (response) => resolve(listener(response, () => request.destroy())));
    request.on('error', reject);
  });
}

function listener(response: IncomingMessage, close: () => void): Listener {
  const seen: { event: string; data: unknown }[] = [];
  const waiting = new Set<() => void>();
  let text = '';
  response.setEncoding('utf8');
  response.on('error', () => undefined);
  response.on('data', (chunk: string) => {
    text += chunk;
    const frames = text.split('\n\n');
    text = frames.pop() ?? '';
    for (const frame of frames) {
      const [, event, data] = /^event: (\w+)\ndata: (.*)$/.exec(frame) ?? [];
      if (event !== undefined && data !== undefined) seen.push({ event, data: JSON.parse(data) });
    }
    for (const look of [...waiting]) look();
  });
  const next = (event: string) =>
    new Promise<unknown>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no ${event} within ${DEADLINE} ms`)), DEADLINE);
      const look = () => {
        const index = seen.findIndex((one) => one.event === event);
        if (index < 0) return;
        clearTimeout(timer);
        waiting.delete(look);
        resolve(seen.splice(index, 1)[0]?.data);
      };
      waiting.add(look);
      look();
    });
  return { status: response.statusCode ?? 0, response, next, close };
}
