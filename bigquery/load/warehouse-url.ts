import { ConfigurationError } from '../../schema/errors.js';

/** Where a warehouse is: a project of Google Cloud, and the region its datasets must lie in (null: wherever they lie). */
export interface WarehousePlace {
  readonly project: string;
  readonly location: string | null;
}

/** 6 to 30 lower-case letters, digits and dashes; older ones carry a domain (cloud.google.com/resource-manager/docs/creating-managing-projects). */
const PROJECT = /^(?:[a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/;

/** A region (`europe-west4`) or a multi-region (`EU`, `US`), in any case (cloud.google.com/bigquery/docs/locations). */
const LOCATION = /^(?:eu|us|[a-z]+-[a-z]+\d+)$/i;

/**
 * Reads `--warehouse bigquery:PROJECT` and `--location`.
 *
 * @throws ConfigurationError for a URL without a project, and for names that break the service's rules
 */
export function parseWarehouse(url: string, location?: string): WarehousePlace {
  const [, project] = /^bigquery:(.*)$/.exec(url) ?? [];
  if (project === undefined) {
    throw new ConfigurationError('--warehouse', `${url} is no warehouse`, 'Give bigquery:PROJECT.');
  }
  if (project === '') {
    const remedy = 'Give bigquery:PROJECT; gcloud config get project prints yours.';
    throw new ConfigurationError('--warehouse', 'the project is missing', remedy);
  }
  if (!PROJECT.test(project)) {
    const remedy = 'Give the project id: 6 to 30 lower-case letters, digits and dashes, beginning with a letter.';
    throw new ConfigurationError('--warehouse', `${project} cannot be a project id`, remedy);
  }
  if (location !== undefined && !LOCATION.test(location)) {
    const problem = location === '' ? 'the region is missing' : `${location} is no region of BigQuery`;
    throw new ConfigurationError('--location', problem, 'Give one such as europe-west4.');
  }
  return { project, location: location ?? null };
}
