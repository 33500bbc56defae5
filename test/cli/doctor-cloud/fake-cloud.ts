import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer of the stand-in: a status with a body. */
export interface Answer {
  readonly status: number;
  readonly body: object | string;
}

type Handler = (request: { readonly url: URL; readonly body: unknown }) => Answer;

/** What the stand-in has under one method and path, `GET pubsub.googleapis.com/v1/...`, without its query. */
export type Routes = Map<string, Handler>;

/**
 * A stand-in for Google's APIs, all on one address, each below its host's name. It knows the requests that `doctor --cloud`
 * sends and refuses everything else as Google does: unknown paths (404), missing tokens (401), permissions that do not exist
 * (400), bodies that are not what the method takes (400).
 */
export class FakeCloud {
  readonly requests: string[] = [];
  /** Milliseconds that its clock is ahead of this machine's. */
  clockAhead = 0;
  /** The one token that is let in. */
  token = 'good';
  /** Never answers. */
  silent = false;
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  private constructor(readonly routes: Routes) {}

  static async start(routes: Routes): Promise<FakeCloud> {
    const fake = new FakeCloud(routes);
    fake.#server.listen(0, '127.0.0.1');
    await once(fake.#server, 'listening');
    return fake;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (this.silent) return;
    const url = new URL(request.url ?? '/', 'http://fake');
    const route = `${request.method} ${decodeURIComponent(url.pathname.slice(1))}`;
    this.requests.push(route);
    const answer = this.#answer(route, request, url, Buffer.concat(chunks).toString('utf8'));
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
    const date = new Date(Date.now() + this.clockAhead).toUTCString();
    response.writeHead(answer.status, { 'content-type': 'application/json; charset=UTF-8', date });
    response.end(text);
  }

  #answer(route: string, request: IncomingMessage, url: URL, text: string): Answer {
    if (request.headers.authorization !== `Bearer ${this.token}`) return refused(401, 'UNAUTHENTICATED', BAD_TOKEN);
    const handler = this.routes.get(route);
    if (handler === undefined) return refused(404, 'NOT_FOUND', `Resource not found (resource=${route}).`);
    if (request.method === 'POST' && request.headers['content-type'] !== 'application/json') {
      return refused(400, 'INVALID_ARGUMENT', 'Invalid content type.');
    }
    return handler({ url, body: text === '' ? undefined : (JSON.parse(text) as unknown) });
  }
}

const BAD_TOKEN =
  'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.';

/** A refusal as newer services have it. */
export function refused(code: number, status: string, message: string, reason?: string): Answer {
  const details =
    reason === undefined
      ? []
      : [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, domain: 'googleapis.com' }];
  return { status: code, body: { error: { code, message, status, details } } };
}

/** A refusal as storage, BigQuery and Compute Engine have it. */
export function refusedOldStyle(code: number, reason: string, message: string): Answer {
  return { status: code, body: { error: { code, message, errors: [{ message, domain: 'global', reason }] } } };
}

/** An API that is off. */
export function disabled(service: string): Answer {
  const message = `${service} has not been used in project 123 before or it is disabled.`;
  return refused(403, 'PERMISSION_DENIED', message, 'SERVICE_DISABLED');
}

/** Answers a test of permissions with those of its own that were asked for; strict about the method's shape. */
export function granting(granted: readonly string[]): Handler {
  return ({ url, body }) => {
    const asked = url.searchParams.has('permissions')
      ? url.searchParams.getAll('permissions')
      : (body as { permissions?: unknown } | undefined)?.permissions;
    if (
      !Array.isArray(asked) ||
      asked.length === 0 ||
      Object.keys(body ?? { permissions: 1 }).join() !== 'permissions'
    ) {
      return refused(400, 'INVALID_ARGUMENT', 'Permissions must be given.');
    }
    const unknown = (asked as string[]).find((permission) => !/^[a-z]+\.[a-zA-Z]+\.[a-zA-Z]+$/.test(permission));
    if (unknown !== undefined) return refused(400, 'INVALID_ARGUMENT', `Permission ${unknown} is not valid.`);
    const permissions = (asked as string[]).filter((permission) => granted.includes(permission));
    // Google leaves the field out when there is nothing in it.
    return ok(permissions.length === 0 ? {} : { permissions });
  };
}

export function ok(body: object): Answer {
  return { status: 200, body };
}
