import type { BigQuery, BigQueryOptions } from '@google-cloud/bigquery';
import type { Table } from '../../schema/column.js';
import { bigQueryFields, type BigQueryField } from '../../schema/render/bigquery.js';
import { DEFAULT_RETRIES, withRetries, type RetryMeans, type RetryPolicy } from '../../lake/storage/retry.js';
import type { ExistingTable } from '../existing-table.js';
import { bigQueryEndpoint, type Endpoint } from './endpoint.js';
import {
  configurationOf,
  stateOf,
  type JobResource,
  type LoadJob,
  type LoadJobState,
  type LoadSource,
} from './load-job.js';
import { BigQueryRefusal, isPassing, refusalOf } from './refusal.js';
import { uploadJob } from './upload-job.js';

/** A table as BigQuery has it. */
export interface WarehouseTable extends ExistingTable {
  /** Epoch ms as text: tells a table from another that had its name. */
  readonly creationTime: string;
  readonly numRows: number;
  readonly fields: readonly BigQueryField[];
}

export interface ClientOptions extends RetryMeans {
  readonly endpoint?: Endpoint;
  readonly retries?: RetryPolicy;
  readonly authClient?: BigQueryOptions['authClient'];
}

/**
 * What loading needs of BigQuery, over Google's client. Every call is tried again while the fault is one that passes, and
 * may be: reads are reads, and a job's name is taken once.
 *
 * All methods throw a {@link BigQueryRefusal} for what BigQuery does not do.
 */
export class WarehouseClient {
  private constructor(
    readonly project: string,
    private readonly bigQuery: BigQuery,
    private readonly endpoint: Endpoint,
    private readonly options: ClientOptions,
  ) {}

  static async open(project: string, options: ClientOptions): Promise<WarehouseClient> {
    const { BigQuery } = await import('@google-cloud/bigquery');
    const endpoint = options.endpoint ?? bigQueryEndpoint();
    const authClient = options.authClient ?? (endpoint.standIn ? NO_CREDENTIALS : undefined);
    const client = new BigQuery({
      projectId: project,
      apiEndpoint: endpoint.url,
      autoRetry: false,
      ...(authClient === undefined ? {} : { authClient }),
    });
    return new WarehouseClient(project, client, endpoint, options);
  }

  /** Where a dataset lies; null when there is none. */
  datasetLocation(name: string): Promise<string | null> {
    return this.#found(async () => {
      const [metadata] = await this.bigQuery.dataset(name).getMetadata();
      return String((metadata as { location?: string }).location ?? 'US');
    });
  }

  table(dataset: string, name: string): Promise<WarehouseTable | null> {
    return this.#found(async () => {
      const [metadata] = await this.bigQuery.dataset(dataset).table(name).getMetadata();
      const { creationTime, numRows, schema } = metadata as {
        creationTime: string;
        numRows?: string;
        schema?: unknown;
      };
      const { fields = [] } = (schema ?? {}) as { fields?: readonly BigQueryField[] };
      return { ...(metadata as ExistingTable), creationTime, numRows: Number(numRows ?? 0), fields };
    });
  }

  /** Creates a table of the schema; one that is there already is left as it is. */
  async createTable(table: Table): Promise<void> {
    const partition = table.partitionBy === null ? {} : { timePartitioning: { type: 'DAY', field: table.partitionBy } };
    const cluster = table.clusterBy.length === 0 ? {} : { clustering: { fields: [...table.clusterBy] } };
    const description = `${table.description} Key: ${table.key.join(', ')}.`;
    await this.createTableOf(table.tier, table.name, bigQueryFields(table), { description, ...partition, ...cluster });
  }

  async createTableOf(dataset: string, name: string, fields: readonly BigQueryField[], more: object): Promise<void> {
    try {
      const schema = { fields: fields.map((field) => ({ ...field })) };
      await this.#tried(() => this.bigQuery.dataset(dataset).createTable(name, { schema, ...more }));
    } catch (error) {
      if (!(error instanceof BigQueryRefusal && error.status === 409)) throw error;
    }
  }

  /** Rows of a query, or none for a statement. */
  async query(sql: string, location: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const [rows] = await this.#tried(() => this.bigQuery.query({ query: sql, location }));
    return rows as readonly Readonly<Record<string, unknown>>[];
  }

  /** A job by its name; null when BigQuery knows of none. */
  job(jobId: string, location: string): Promise<LoadJobState | null> {
    return this.#found(async () => {
      const [metadata] = await this.bigQuery.job(jobId, { location }).getMetadata();
      return stateOf(metadata as JobResource);
    });
  }

  /** Hands a load job in. `taken`: there is one of that name, which may be this very one, sent before. */
  async insert(job: LoadJob, source: LoadSource): Promise<'inserted' | 'taken'> {
    try {
      await this.#tried(() => this.#insert(job, source));
      return 'inserted';
    } catch (error) {
      if (error instanceof BigQueryRefusal && error.status === 409) return 'taken';
      throw error;
    }
  }

  async #insert(job: LoadJob, source: LoadSource): Promise<void> {
    const configuration = configurationOf(this.project, job, source);
    const { jobId, location } = job;
    if ('uris' in source) {
      await this.bigQuery.createJob({ jobId, location, configuration });
      return;
    }
    const resource = { jobReference: { projectId: this.project, jobId, location }, configuration };
    const url = `${this.endpoint.url}/upload/bigquery/v2/projects/${this.project}/jobs`;
    await uploadJob(url, resource, source.file, () => this.#authorization());
  }

  async #authorization(): Promise<Record<string, string>> {
    if (this.endpoint.standIn && this.options.authClient === undefined) return {};
    const headers: unknown = await this.bigQuery.authClient.getRequestHeaders(this.endpoint.url);
    return headers instanceof Headers ? Object.fromEntries(headers) : { ...(headers as Record<string, string>) };
  }

  async #found<T>(read: () => Promise<T>): Promise<T | null> {
    try {
      return await this.#tried(read);
    } catch (error) {
      if (error instanceof BigQueryRefusal && error.status === 404) return null;
      throw error;
    }
  }

  #tried<T>(call: () => Promise<T>): Promise<T> {
    const once = () =>
      call().catch((error: unknown) => {
        throw refusalOf(error);
      });
    return withRetries(once, isPassing, this.options.retries ?? DEFAULT_RETRIES, this.options);
  }
}

/** Sends nothing that lets anybody in. */
const NO_CREDENTIALS = {
  getRequestHeaders: () => Promise.resolve(new Headers()),
} as unknown as NonNullable<BigQueryOptions['authClient']>;
