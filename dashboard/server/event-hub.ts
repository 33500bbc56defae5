import type { ServerResponse } from 'node:http';
import type { ServerEvents } from '../api.js';
import { sendError } from './respond.js';

/** Browsers that listen at the same time (RELIABILITY.md, Security). */
const MAX_CLIENTS = 20;
/** Bytes that a client may be behind: some seconds of a busy hospital. Who is slower is let go, and comes back by itself. */
const MAX_BACKLOG = 1 << 20;
const HEARTBEAT_MILLIS = 15_000;

/** Sends events to all who listen. Nobody waits for anybody: each socket has its own bounded backlog. */
export class EventHub {
  readonly #clients = new Set<ServerResponse>();
  readonly #heartbeat: NodeJS.Timeout;

  constructor() {
    this.#heartbeat = setInterval(() => this.#write(': still here\n\n'), HEARTBEAT_MILLIS);
    this.#heartbeat.unref();
  }

  get clients(): number {
    return this.#clients.size;
  }

  /** Takes a listener in, or tells it that the house is full. */
  add(response: ServerResponse): void {
    if (this.#clients.size >= MAX_CLIENTS) {
      const error = `${MAX_CLIENTS} browsers listen already, and no more are served`;
      return sendError(response, 503, { error, remedy: 'Close another tab, then reload' }, { 'Retry-After': '30' });
    }
    response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', 'X-Accel-Buffering': 'no' });
    response.write(': welcome\n\n');
    response.socket?.setNoDelay(true);
    this.#clients.add(response);
    response.on('close', () => this.#clients.delete(response));
    response.on('error', () => this.#clients.delete(response));
  }

  send<E extends keyof ServerEvents>(event: E, data: ServerEvents[E]): void {
    if (this.#clients.size > 0) this.#write(frame(event, data));
  }

  close(): void {
    clearInterval(this.#heartbeat);
    for (const client of this.#clients) client.destroy();
    this.#clients.clear();
  }

  #write(text: string): void {
    for (const client of this.#clients) {
      if (client.writableLength + text.length > MAX_BACKLOG) {
        this.#clients.delete(client);
        client.destroy();
      } else {
        client.write(text);
      }
    }
  }
}

/** An event as text; JSON escapes line breaks, but not the two of Unicode that some readers take for one. */
export function frame(event: string, data: unknown): string {
  const json = JSON.stringify(data).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
  return `event: ${event}\ndata: ${json}\n\n`;
}
