import { authorizer, type Authorize } from '../../lake/storage/gcs-credentials.js';
import { dataflowAuthorizer } from '../../pipeline/engines/dataflow/credentials.js';
import { CloudFailure, failureOf, NOT_JSON } from './cloud-failure.js';

/** Hosts of the APIs that are asked. */
export type CloudService =
  | 'artifactregistry.googleapis.com'
  | 'bigquery.googleapis.com'
  | 'cloudresourcemanager.googleapis.com'
  | 'compute.googleapis.com'
  | 'iam.googleapis.com'
  | 'pubsub.googleapis.com'
  | 'serviceusage.googleapis.com'
  | 'storage.googleapis.com';

export interface CloudApiOptions {
  readonly authorize: Authorize;
  /** One address for all services, each below its host's name; null for Google's own. */
  readonly endpoint: string | null;
  /** Longest wait for the whole answer, and for a token, ms. */
  readonly deadlineMillis: number;
}

/** Enough for a slow line, short enough for whoever waits. */
export const CLOUD_DEADLINE_MILLIS = 10_000;

/** What an answer says, and when its sender believes to have sent it (epoch ms; null when it does not say). */
export interface CloudReply<T> {
  readonly body: T;
  readonly date: number | null;
}

/**
 * One attempt of a request that only reads. Throws a {@link CloudFailure} with the service's own reason for everything
 * that is not an answer of success, at the latest after the deadline.
 */
export class CloudApi {
  constructor(private readonly options: CloudApiOptions) {}

  async get<T>(service: CloudService, path: string): Promise<T> {
    return (await this.send<T>(service, path)).body;
  }

  async post<T>(service: CloudService, path: string, body: object): Promise<T> {
    return (await this.send<T>(service, path, body)).body;
  }

  /** With the time that the answer carries. */
  async send<T>(service: CloudService, path: string, body?: object): Promise<CloudReply<T>> {
    const { endpoint, deadlineMillis } = this.options;
    const url = endpoint === null ? `https://${service}${path}` : `${endpoint}/${service}${path}`;
    const credentials = await this.#credentials(url, service);
    const response = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...credentials },
      signal: AbortSignal.timeout(deadlineMillis),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((cause: Error) => {
      throw CloudFailure.silent(service, cause);
    });
    const text = await response.text().catch((cause: Error) => {
      throw CloudFailure.silent(service, cause);
    });
    const date = Date.parse(response.headers.get('date') ?? '');
    const sent = Number.isNaN(date) ? null : date;
    if (!response.ok) throw failureOf(service, response.status, text, sent);
    return { body: jsonOf<T>(service, response.status, text), date: sent };
  }

  /** A token service may be as silent as any other. */
  async #credentials(url: string, service: CloudService): Promise<Readonly<Record<string, string>>> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const error = new Error('no token in time');
      timer = setTimeout(() => reject(CloudFailure.silent(service, error)), this.options.deadlineMillis);
    });
    try {
      return await Promise.race([this.options.authorize(url), late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Application default credentials; a stand-in on this machine gets none. */
export function cloudAuthorizer(endpoint: string | null): Authorize {
  return endpoint === null ? authorizer() : dataflowAuthorizer(endpoint);
}

function jsonOf<T>(service: CloudService, status: number, text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new CloudFailure(service, status, NOT_JSON, 'answered something other than JSON (a proxy?)', null);
  }
}
