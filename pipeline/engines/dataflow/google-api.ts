import type { Authorize } from '../../../lake/storage/gcs-credentials.js';

export interface GoogleApiOptions {
  readonly authorize: Authorize;
  /** Waits between attempts; an argument so that tests do not. */
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** An API's refusal, in its own words. */
export class GoogleApiError extends Error {
  override readonly name = 'GoogleApiError';

  /** @param status HTTP status, 0 when no answer came */
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  /** Sent as JSON. */
  readonly body?: object;
}

const ATTEMPTS = 5;
const FIRST_PAUSE_MILLIS = 500;
const TIMEOUT_MILLIS = 60_000;
/** What may be asked again: too many requests, and faults of the far end that pass. */
const PASSING: readonly number[] = [0, 408, 429, 500, 502, 503, 504];

/**
 * Sends one request to a Google API, again with growing pauses (0.5 s to 4 s) while the fault is one that passes. Only for
 * requests that may be repeated: reads, changes of state, and jobs with a client request id.
 *
 * @returns the answer's JSON
 * @throws GoogleApiError with the API's own reason; never with a token or a body in it
 */
export async function callGoogleApi<T>(request: ApiRequest, options: GoogleApiOptions): Promise<T> {
  for (let attempt = 1, pause = FIRST_PAUSE_MILLIS; ; attempt += 1, pause *= 2) {
    try {
      return await send<T>(request, await options.authorize(request.url));
    } catch (error) {
      if (!(error instanceof GoogleApiError) || attempt === ATTEMPTS || !PASSING.includes(error.status)) throw error;
    }
    await options.sleep(pause);
  }
}

async function send<T>({ method, url, body }: ApiRequest, credentials: Readonly<Record<string, string>>): Promise<T> {
  const response = await fetch(url, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...credentials },
    signal: AbortSignal.timeout(TIMEOUT_MILLIS),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((cause: Error) => {
    throw new GoogleApiError(0, `${new URL(url).host} does not answer (${reasonOf(cause)})`);
  });
  const text = await response.text().catch((cause: Error) => {
    throw new GoogleApiError(0, `${new URL(url).host} broke off its answer (${reasonOf(cause)})`);
  });
  if (!response.ok) throw new GoogleApiError(response.status, refusal(response.status, text, url));
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new GoogleApiError(response.status, `${new URL(url).host} answered something other than JSON`);
  }
}

/** What went wrong below HTTP: `fetch` keeps it in the cause. */
function reasonOf(error: Error): string {
  const cause = error.cause as { code?: string; message?: string } | undefined;
  return cause?.code ?? cause?.message ?? error.message;
}

/** Longest text of an answer that is no JSON, such as a proxy's page. */
const LONGEST_TEXT = 200;

function refusal(status: number, text: string, url: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: { message?: string; status?: string } };
    if (error?.message) return `${error.message} (${[status, error.status].filter(Boolean).join(' ')})`;
  } catch {
    // Something between here and the API has answered: what it said is all there is.
  }
  return `${new URL(url).host} answered ${status} ${text.slice(0, LONGEST_TEXT)}`.trim();
}
