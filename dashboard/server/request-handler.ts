import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AlertEventLog } from '../../lake/alert-event-log.js';
import type { RunStatus } from '../../pipeline/engines/micro-batch/status.js';
import type { Answers } from '../queries/answers.js';
import { ApiHandler } from './api-handler.js';
import type { EventHub } from './event-hub.js';
import { guardRequest } from './guard.js';
import { SECURITY_HEADERS } from './headers.js';
import { askForToken, login } from './login.js';
import { prometheusText } from './prometheus-text.js';
import { send, sendError, sendJson, sendText } from './respond.js';
import type { Sessions } from './sessions.js';
import type { StaticFiles } from './static-files.js';
import { lakeStatus } from './status.js';

export interface HandlerOptions {
  readonly answers: Answers;
  readonly events: AlertEventLog;
  readonly hub: EventHub;
  readonly sessions: Sessions;
  readonly files: StaticFiles;
  readonly hosts: ReadonlySet<string>;
  /** Null: the lake says where it stands. */
  readonly status: (() => RunStatus | null) | null;
  readonly clock: () => number;
  readonly acted: () => void;
}

/** One request from the guard to its answer. */
export class RequestHandler {
  readonly #api: ApiHandler;

  constructor(private readonly options: HandlerOptions) {
    this.#api = new ApiHandler(options.answers, options.events, options.clock, options.acted);
  }

  /** Never throws. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    try {
      await this.#answer(request, response);
    } catch {
      // A fault of ours: what it says is for a developer, not for whoever asked.
      if (response.headersSent) response.destroy();
      else sendError(response, 500, { error: 'The server made a mistake', remedy: 'Try again; report it if it stays' });
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = urlOf(request);
    if (url === null) return sendError(response, 400, { error: 'This is no address', remedy: 'Check it' });
    const refusal = guardRequest(factsOf(request, url.pathname), this.options.hosts);
    if (refusal !== null) {
      const headers = refusal.status === 405 ? { Allow: 'GET, HEAD, POST' } : {};
      return sendError(response, refusal.status, { error: refusal.error, remedy: refusal.remedy }, headers);
    }
    if (url.pathname === '/healthz') return this.#healthz(response);
    if (url.pathname === '/login') return login(this.options.sessions, request, response);
    const { authorization, cookie } = request.headers;
    if (!this.options.sessions.admits(authorization, cookie)) return askForToken(request, response, url.pathname);
    if (await this.#serve(url, request, response)) return;
    sendError(response, 404, { error: 'There is nothing here', remedy: 'Begin at /' });
  }

  /** False when there is no such address. */
  async #serve(url: URL, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const { pathname } = url;
    if (request.method === 'POST') return this.#api.handle(url, request, response);
    if (pathname === '/api/events' && request.method === 'GET') this.options.hub.add(response);
    else if (pathname.startsWith('/api/')) return this.#api.handle(url, request, response);
    else if (pathname === '/status') sendJson(response, 200, JSON.stringify(this.#status()) + '\n');
    else if (pathname === '/metrics') this.#metrics(response);
    else return this.options.files.serve(pathname, request, response);
    return true;
  }

  #status(): RunStatus | null {
    return this.options.status === null ? lakeStatus(this.options.answers.store) : this.options.status();
  }

  #healthz(response: ServerResponse): void {
    const ready = this.#status() !== null;
    sendText(response, ready ? 200 : 503, ready ? 'ok\n' : 'starting\n');
  }

  #metrics(response: ServerResponse): void {
    const status = this.#status();
    send(response, 200, 'text/plain; version=0.0.4; charset=utf-8', status === null ? '' : prometheusText(status));
  }
}

function urlOf(request: IncomingMessage): URL | null {
  // Only the path and query count: the name is the guard's affair. A path of two slashes would be taken for a name.
  const target = request.url ?? '';
  if (!target.startsWith('/') || target.startsWith('//')) return null;
  return URL.canParse(target, 'http://localhost') ? new URL(target, 'http://localhost') : null;
}

function factsOf(request: IncomingMessage, path: string) {
  const { host, origin, 'content-type': contentType } = request.headers;
  const single = (name: string) => {
    const value = request.headers[name];
    return Array.isArray(value) ? value.join() : value;
  };
  return {
    method: request.method ?? '',
    path,
    host,
    origin,
    fetchSite: single('sec-fetch-site'),
    fetchMode: single('sec-fetch-mode'),
    contentType,
  };
}
