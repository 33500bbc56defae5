import { authorizer, type Authorize } from './gcs-credentials.js';
import { Unanswered } from './gcs-failure.js';
import type { GcsReply } from './gcs-reply.js';

/** One HTTP request of the storage's JSON API. */
export interface GcsRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** A path below the endpoint (`/storage/v1/b/...`), or a whole URL (an upload session). */
  readonly url: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export interface GcsTransportOptions {
  /** Origin of the service, e.g. `http://127.0.0.1:4443`; by default `STORAGE_EMULATOR_HOST`, else Google's. */
  readonly endpoint?: string;
  /** How long a request may make no progress, ms. */
  readonly timeoutMillis?: number;
}

const DEFAULT_TIMEOUT_MILLIS = 30_000;

/** The slowest line on which a body is still worth sending, bytes a millisecond. */
const SLOWEST_UPLOAD = 128;

/**
 * Sends single requests to the storage's JSON API: one attempt each, nothing repeated, nothing streamed, always an end.
 *
 * Credentials are those that `@google-cloud/storage` finds; its own transport is not used, because a download whose
 * connection breaks never ends there, and a request cannot be given up (docs/storage.md).
 */
export class GcsTransport {
  readonly #endpoint: string;
  readonly #authorize: Authorize;
  readonly #timeoutMillis: number;

  constructor({ endpoint = emulator(), timeoutMillis = DEFAULT_TIMEOUT_MILLIS }: GcsTransportOptions = {}) {
    this.#endpoint = endpoint === undefined ? 'https://storage.googleapis.com' : originOf(endpoint);
    this.#authorize = endpoint === undefined ? authorizer() : () => Promise.resolve({});
    this.#timeoutMillis = timeoutMillis;
  }

  /** Throws {@link Unanswered} when no answer came, or not all of it: what the request did is then not known. */
  async send(request: GcsRequest): Promise<GcsReply> {
    const url = this.#urlOf(request);
    const credentials = await this.#authorize(url.origin);
    const stop = new AbortController();
    const patience = this.#timeoutMillis + (request.body?.length ?? 0) / SLOWEST_UPLOAD;
    const timer = setTimeout(() => stop.abort(new Error('no answer in time')), patience);
    try {
      const response = await fetch(url, {
        method: request.method,
        headers: { 'accept-encoding': 'identity', 'cache-control': 'no-store', ...request.headers, ...credentials },
        signal: stop.signal,
        // A resumable upload answers 308, which is no redirection here.
        redirect: 'manual',
        ...(request.body === undefined ? {} : { body: request.body as Uint8Array<ArrayBuffer> }),
      });
      const body = await bodyOf(response, () => timer.refresh());
      return { status: response.status, headers: response.headers, body };
    } catch (error) {
      throw new Unanswered(reasonOf(stop.signal.aborted ? stop.signal.reason : error), { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }

  #urlOf({ url, query }: GcsRequest): URL {
    const found = new URL(url, this.#endpoint);
    // An emulator names sessions by an address of its own, which need not be the one it is reached by.
    const base = new URL(this.#endpoint);
    if (found.origin !== base.origin && base.hostname !== 'storage.googleapis.com') found.host = base.host;
    for (const [name, value] of Object.entries(query ?? {})) found.searchParams.set(name, value);
    return found;
  }
}

/** The whole body; `progress` is called with every piece. */
async function bodyOf(response: Response, progress: () => void): Promise<Uint8Array> {
  progress();
  if (response.body === null) return new Uint8Array(0);
  const pieces: Uint8Array[] = [];
  for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
    pieces.push(piece);
    progress();
  }
  return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
}

/** What went wrong below HTTP: `fetch` keeps it in the cause. */
function reasonOf(error: unknown): string {
  const { message, cause } = (error ?? {}) as { message?: string; cause?: { message?: string; code?: string } };
  return cause?.message || cause?.code || message || String(error);
}

function emulator(): string | undefined {
  return process.env['STORAGE_EMULATOR_HOST'] || undefined;
}

/** Programs disagree whether the variable ends in `/storage/v1` (Node) or not (Go, Python), and whether it has a scheme. */
function originOf(endpoint: string): string {
  return new URL(/^https?:\/\//.test(endpoint) ? endpoint : `http://${endpoint}`).origin;
}
