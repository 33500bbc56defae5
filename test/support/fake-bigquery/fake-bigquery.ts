import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GoogleError, notFound } from './google-error.js';
import { runLoad, type LoadConfiguration } from './load-config.js';
import { runSql } from './sql.js';
import { WarehouseStore } from './warehouse-store.js';

interface JobResource {
  readonly jobReference: { readonly projectId: string; readonly jobId: string; readonly location: string };
  readonly configuration: { readonly labels?: Record<string, string>; readonly load?: LoadConfiguration };
}

interface StoredJob extends JobResource {
  status: { state: 'PENDING' | 'RUNNING' | 'DONE'; errorResult?: object };
  statistics: { load?: { outputRows: string } };
}

interface Upload {
  readonly resource: JobResource;
  readonly size: number;
  received: Buffer;
}

/** What goes wrong, on demand. */
export interface FakeFaults {
  /** Called for every request; an error is answered instead of doing it. */
  before?: (method: string, path: string) => GoogleError | null;
  /** The request is carried out, and the connection then cut. */
  loseAnswer?: (method: string, path: string) => boolean;
  /** The job is taken, works for a while and fails. */
  job?: (jobId: string) => { readonly reason: string; readonly message: string } | null;
}

/** Pieces of a resumable upload, but the last, are whole multiples of this. */
const QUANTUM = 256 << 10;

/**
 * A stand-in for BigQuery's REST API that is strict where it matters for loading exactly once: a job's name is taken once,
 * a job loads whole or not at all, schemas and modes are held against the file, and what is not known is refused.
 */
export class FakeBigQuery {
  readonly store: WarehouseStore;
  readonly jobs = new Map<string, StoredJob>();
  readonly requests: string[] = [];
  faults: FakeFaults = {};
  /** Tokens that let in; null: nobody is asked. */
  tokens: ReadonlySet<string> | null = null;
  /** Permissions that are missing, such as `bigquery.jobs.create`. */
  denied = new Set<string>();
  /** How long a job works, ms. */
  jobMillis: () => number = () => 0;
  /** The service's clock, epoch ms. */
  clock: () => number = Date.now;
  /** Reads `gs://` objects. */
  readObject: (uri: string) => Buffer = (uri) => {
    throw notFound(`URI ${uri}`);
  };
  readonly #uploads = new Map<string, Upload>();
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  private constructor(project: string) {
    this.store = new WarehouseStore(project);
  }

  static async start(project: string, datasets: Readonly<Record<string, string>>): Promise<FakeBigQuery> {
    const fake = new FakeBigQuery(project);
    for (const [name, location] of Object.entries(datasets)) fake.store.datasets.set(name, location);
    fake.#server.listen(0, '127.0.0.1');
    await once(fake.#server, 'listening');
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    const path = url.pathname.replace('/bigquery/v2', '');
    const method = request.method ?? 'GET';
    this.requests.push(`${method} ${path}`);
    const answer = (status: number, body: object | null, headers: Record<string, string> = {}) => {
      const all = { date: new Date(this.clock()).toUTCString(), 'content-type': 'application/json', ...headers };
      response.writeHead(status, all).end(body === null ? '' : JSON.stringify(body));
    };
    try {
      const body = await bodyOf(request);
      this.#authorize(request);
      const fault = this.faults.before?.(method, path);
      if (fault) throw fault;
      const { status = 200, json, headers } = await this.#route(method, path, url, request, body);
      if (this.faults.loseAnswer?.(method, path)) request.socket.destroy();
      else answer(status, json, headers);
    } catch (error) {
      if (error instanceof GoogleError) answer(error.status, error.body);
      else answer(500, new GoogleError(500, 'internalError', String(error)).body);
    }
  }

  #authorize(request: IncomingMessage): void {
    if (this.tokens === null) return;
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (this.tokens.has(token)) return;
    const message =
      'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.';
    throw new GoogleError(401, 'authError', message);
  }

  #need(permission: string, what: string): void {
    if (!this.denied.has(permission)) return;
    throw new GoogleError(
      403,
      'accessDenied',
      `Access Denied: ${what}: Permission ${permission} denied on ${what} (or it may not exist).`,
    );
  }

  async #route(
    method: string,
    path: string,
    url: URL,
    request: IncomingMessage,
    body: Buffer,
  ): Promise<{ status?: number; json: object | null; headers?: Record<string, string> }> {
    const { project } = this.store;
    const [, upload, named, rest = ''] = /^(\/upload)?\/projects\/([^/]+)\/(.*)$/.exec(path) ?? [];
    if (named === undefined) throw notFound(path);
    if (named !== project)
      throw new GoogleError(
        403,
        'accessDenied',
        `Access Denied: Project ${named}: User does not have bigquery.jobs.create permission in project ${named}.`,
      );
    if (upload) return this.#upload(method, url, request, body);
    const dataset = /^datasets\/([^/]+)$/.exec(rest)?.[1];
    if (method === 'GET' && dataset !== undefined) {
      this.#need('bigquery.datasets.get', `Dataset ${project}:${dataset}`);
      return {
        json: {
          location: this.store.datasetLocation(dataset),
          datasetReference: { projectId: project, datasetId: dataset },
        },
      };
    }
    const [, tables, table] = /^datasets\/([^/]+)\/tables(?:\/([^/]+))?$/.exec(rest) ?? [];
    if (tables !== undefined) return { json: this.#tables(method, tables, table, body) };
    const job = /^jobs\/([^/]+)$/.exec(rest)?.[1];
    if (method === 'GET' && job !== undefined) return { json: this.#job(job, url.searchParams.get('location')) };
    if (method === 'POST' && rest === 'jobs') {
      return { json: this.#insert(JSON.parse(body.toString('utf8')) as JobResource, null) };
    }
    if (method === 'POST' && rest === 'queries') return { json: await this.#query(body) };
    throw new GoogleError(400, 'invalid', `The stand-in does not know ${method} ${path}`);
  }

  #tables(method: string, dataset: string, table: string | undefined, body: Buffer): object {
    const { store } = this;
    if (method === 'GET' && table !== undefined) {
      this.#need('bigquery.tables.get', `Table ${store.project}:${dataset}.${table}`);
      return store.resourceOf(store.table(dataset, table));
    }
    if (method === 'POST' && table === undefined) {
      this.#need('bigquery.tables.create', `Dataset ${store.project}:${dataset}`);
      const resource = JSON.parse(body.toString('utf8')) as { tableReference: { tableId: string } };
      const name = resource.tableReference.tableId;
      return store.resourceOf(store.create(dataset, name, resource as unknown as Record<string, unknown>));
    }
    throw new GoogleError(400, 'invalid', `The stand-in does not know ${method} of a table`);
  }

  async #query(body: Buffer): Promise<object> {
    this.#need('bigquery.jobs.create', `Project ${this.store.project}`);
    const { query, useLegacySql, location } = JSON.parse(body.toString('utf8')) as Record<string, string | boolean>;
    if (useLegacySql !== false) throw new GoogleError(400, 'invalidQuery', 'Legacy SQL is not known here');
    const { schema, rows } = await runSql(this.store, String(query));
    const jobReference = { projectId: this.store.project, jobId: `query_${this.requests.length}`, location };
    return { jobComplete: true, jobReference, schema, rows, totalRows: String(rows.length) };
  }

  #job(jobId: string, location: string | null): object {
    this.#need('bigquery.jobs.get', `Job ${this.store.project}:${jobId}`);
    const job = this.jobs.get(jobId);
    // A job outside US and EU is found by its location only.
    if (job === undefined || job.jobReference.location !== location)
      throw notFound(`Job ${this.store.project}:${jobId}`);
    return job;
  }

  #upload(method: string, url: URL, request: IncomingMessage, body: Buffer) {
    if (method === 'POST' && url.searchParams.get('uploadType') === 'resumable') {
      const id = `u${this.#uploads.size + 1}`;
      const size = Number(request.headers['x-upload-content-length']);
      this.#uploads.set(id, {
        resource: JSON.parse(body.toString('utf8')) as JobResource,
        size,
        received: Buffer.alloc(0),
      });
      return { json: {}, headers: { location: `${this.url}${url.pathname}?uploadType=resumable&upload_id=${id}` } };
    }
    const upload = this.#uploads.get(url.searchParams.get('upload_id') ?? '');
    if (method !== 'PUT' || upload === undefined) throw notFound('upload session');
    const [, from, to, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(request.headers['content-range'] ?? '') ?? [];
    const last = Number(to) + 1 === upload.size;
    const fits = Number(from) === upload.received.length && Number(to) - Number(from) + 1 === body.length;
    if (!fits || Number(total) !== upload.size || (!last && body.length % QUANTUM !== 0)) {
      throw new GoogleError(400, 'badRequest', 'Failed to parse Content-Range header');
    }
    upload.received = Buffer.concat([upload.received, body]);
    if (!last) return { status: 308, json: null, headers: { range: `bytes=0-${Number(to)}` } };
    return { json: this.#insert(upload.resource, upload.received) };
  }

  #insert(resource: JobResource, media: Buffer | null): object {
    const { project } = this.store;
    this.#need('bigquery.jobs.create', `Project ${project}`);
    const { jobId, location } = resource.jobReference;
    if (!/^[A-Za-z0-9_-]{1,1024}$/.test(jobId)) throw new GoogleError(400, 'invalid', `Invalid job ID ${jobId}`);
    for (const [name, value] of Object.entries(resource.configuration.labels ?? {})) {
      if (!/^[a-z][a-z0-9_-]{0,62}$/.test(name) || !/^[a-z0-9_-]{0,63}$/.test(value)) {
        throw new GoogleError(400, 'invalid', `Label ${name}=${value} does not conform to the requirements`);
      }
    }
    if (this.jobs.has(jobId))
      throw new GoogleError(409, 'duplicate', `Already Exists: Job ${project}:${location}.${jobId}`);
    const { load } = resource.configuration;
    if (load === undefined) throw new GoogleError(400, 'invalid', 'The stand-in knows load jobs only');
    const { datasetId, tableId } = load.destinationTable;
    if (this.store.datasetLocation(datasetId) !== location)
      throw notFound(`Dataset ${project}:${datasetId} was not found in location ${location}`);
    this.#need('bigquery.tables.updateData', `Table ${project}:${datasetId}.${tableId}`);
    const job: StoredJob = { ...resource, status: { state: 'RUNNING' }, statistics: {} };
    this.jobs.set(jobId, job);
    setTimeout(() => void this.#run(job, load, media), this.jobMillis());
    return job;
  }

  async #run(job: StoredJob, load: LoadConfiguration, media: Buffer | null): Promise<void> {
    try {
      const fault = this.faults.job?.(job.jobReference.jobId);
      if (fault) throw new GoogleError(500, fault.reason, fault.message);
      const files = media === null ? (load.sourceUris ?? []).map(this.readObject) : [media];
      const rows = await runLoad(this.store, load, files);
      job.statistics = { load: { outputRows: String(rows) } };
      job.status = { state: 'DONE' };
    } catch (error) {
      const { reason = 'internalError', message } = error as GoogleError;
      job.status = { state: 'DONE', errorResult: { reason, message } };
    }
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
