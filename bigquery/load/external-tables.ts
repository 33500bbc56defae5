import { qualifiedName, type Table } from '../../schema/column.js';
import { ConfigurationError } from '../../schema/errors.js';
import { isGcsUrl, parseGcsUrl } from '../../lake/storage/gcs-url.js';
import { tableFolder } from '../../lake/table-folder.js';

/** `PROJECT.REGION.CONNECTION` or `REGION.CONNECTION`. */
const CONNECTION = /^(?:[a-z0-9.:-]+\.)?[a-z0-9-]+\.[A-Za-z0-9_-]+$/;

/**
 * Statements that show tables of the lake in BigQuery without loading them: BigLake tables over the Delta logs, named
 * `bronze.patient_vitals_lake` beside the tables that rows are loaded into. BigQuery reads the log itself, so compaction is
 * seen and no file twice; a query costs what it reads from the bucket.
 *
 * @param lake `gs://bucket/prefix`
 * @param connection a Cloud resource connection whose service account may read the bucket
 * @throws ConfigurationError for a lake that is no bucket, and for a connection that cannot be one
 */
export function renderExternalTables(tables: readonly Table[], lake: string, connection: string): string {
  if (!isGcsUrl(lake)) {
    const remedy = 'Give --lake gs://BUCKET/PREFIX: BigQuery reads buckets only.';
    throw new ConfigurationError('--lake', `${lake} is no bucket`, remedy);
  }
  if (!CONNECTION.test(connection)) {
    const remedy = 'Give PROJECT.REGION.CONNECTION, as bq ls --connection prints it.';
    throw new ConfigurationError('--connection', `${connection} is no connection`, remedy);
  }
  const { url } = parseGcsUrl(lake);
  return tables.map((table) => externalTable(table, url, connection)).join('\n');
}

function externalTable(table: Table, lake: string, connection: string): string {
  const uri = `${lake}/${tableFolder(table).slice(0, -1)}`;
  return [
    `-- ${table.description}`,
    `CREATE EXTERNAL TABLE IF NOT EXISTS ${qualifiedName(table)}_lake`,
    `WITH CONNECTION \`${connection}\``,
    `OPTIONS (format = "DELTA_LAKE", uris = ["${uri}"]);`,
    '',
  ].join('\n');
}
