import { callGoogleApi, type ApiRequest, type GoogleApiOptions } from './google-api.js';
import type { Job, JobMessage, MessageImportance } from './job.js';
import type { JobRequest } from './job-request.js';
import type { JobPlace } from './options.js';

/** States that a client may ask for. */
export type RequestedState = 'JOB_STATE_DRAINING' | 'JOB_STATE_CANCELLED';

/** The regional jobs of one project: what is used of the Dataflow API v1b3, by REST. Every method throws GoogleApiError. */
export class DataflowClient {
  readonly #jobs: string;

  constructor(
    endpoint: string,
    place: JobPlace,
    private readonly api: GoogleApiOptions,
  ) {
    this.#jobs = `${endpoint}/v1b3/projects/${place.project}/locations/${place.region}/jobs`;
  }

  /** Creates a job, or answers the active one of that name: compare its client request id. */
  create(request: JobRequest): Promise<Job> {
    return this.#call('POST', this.#jobs, request);
  }

  get(id: string): Promise<Job> {
    return this.#call('GET', this.#job(id));
  }

  /** Jobs of a name, those that have ended as well, newest first. */
  async named(name: string): Promise<Job[]> {
    const jobs: Job[] = [];
    for (let pageToken: string | undefined = ''; pageToken !== undefined;) {
      const page: JobPage = await this.#call('GET', `${this.#jobs}?${new URLSearchParams({ name, pageToken })}`);
      // The name is a filter of recent versions of the API; another version may list everything.
      jobs.push(...(page.jobs ?? []).filter((job) => job.name === name));
      pageToken = page.nextPageToken || undefined;
    }
    return jobs.sort((a, b) => (b.createTime ?? '').localeCompare(a.createTime ?? ''));
  }

  request(id: string, requestedState: RequestedState): Promise<Job> {
    return this.#call('PUT', this.#job(id), { requestedState });
  }

  /** Messages of a job since a time (RFC 3339; null for all), oldest first. */
  async messages(id: string, minimumImportance: MessageImportance, startTime: string | null): Promise<JobMessage[]> {
    const messages: JobMessage[] = [];
    for (let pageToken: string | undefined = ''; pageToken !== undefined;) {
      const query = new URLSearchParams({ minimumImportance, pageToken, ...(startTime === null ? {} : { startTime }) });
      const page: MessagePage = await this.#call('GET', `${this.#job(id)}/messages?${query}`);
      messages.push(...(page.jobMessages ?? []));
      pageToken = page.nextPageToken || undefined;
    }
    return messages.sort((a, b) => a.time.localeCompare(b.time));
  }

  #job(id: string): string {
    return `${this.#jobs}/${encodeURIComponent(id)}`;
  }

  #call<T>(method: ApiRequest['method'], url: string, body?: object): Promise<T> {
    return callGoogleApi<T>({ method, url, ...(body === undefined ? {} : { body }) }, this.api);
  }
}

interface JobPage {
  readonly jobs?: readonly Job[];
  readonly nextPageToken?: string;
}

interface MessagePage {
  readonly jobMessages?: readonly JobMessage[];
  readonly nextPageToken?: string;
}
