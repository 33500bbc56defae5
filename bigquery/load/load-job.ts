import type { BigQueryField } from '../../schema/render/bigquery.js';
import { jobFailure, type BigQueryRefusal } from './refusal.js';

/** A job that BigQuery has taken. */
export interface LoadJobState {
  readonly done: boolean;
  /** Why it failed; then it has loaded nothing. */
  readonly failure: BigQueryRefusal | null;
  readonly labels: Readonly<Record<string, string>>;
  /** Rows that it has loaded. */
  readonly outputRows: number;
}

/** A load job to be: what it loads, where, and by which name. */
export interface LoadJob {
  readonly jobId: string;
  readonly dataset: string;
  readonly table: string;
  readonly location: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly fields: readonly BigQueryField[];
  readonly format: 'PARQUET' | 'NEWLINE_DELIMITED_JSON';
  readonly disposition: 'WRITE_APPEND' | 'WRITE_TRUNCATE_DATA';
}

/** Where the rows of a load job come from. */
export type LoadSource = { readonly uris: readonly string[] } | { readonly file: string };

/** `jobs.get` as far as it matters here. */
export interface JobResource {
  readonly status?: { readonly state?: string; readonly errorResult?: { reason?: string; message?: string } };
  readonly configuration?: { readonly labels?: Record<string, string> };
  readonly statistics?: { readonly load?: { readonly outputRows?: string } };
}

/** What a job resource says of its job. */
export function stateOf({ status, configuration, statistics }: JobResource): LoadJobState {
  const failed = status?.errorResult;
  return {
    done: status?.state === 'DONE',
    failure: failed === undefined ? null : jobFailure(failed),
    labels: configuration?.labels ?? {},
    outputRows: Number(statistics?.load?.outputRows ?? 0),
  };
}

/**
 * The `configuration` of a load job. The schema is always given: without it BigQuery takes the columns of a Parquet file as nullable and refuses to append
 * them to required ones (github.com/googleapis/python-bigquery issue 1981).
 */
export function configurationOf(projectId: string, job: LoadJob, source: LoadSource): object {
  const load = {
    destinationTable: { projectId, datasetId: job.dataset, tableId: job.table },
    schema: { fields: job.fields },
    sourceFormat: job.format,
    writeDisposition: job.disposition,
    createDisposition: 'CREATE_NEVER',
    ...('uris' in source ? { sourceUris: source.uris } : {}),
  };
  return { jobType: 'LOAD', labels: job.labels, load };
}
