import type { BigQueryField } from '../../schema/render/bigquery.js';
import type { LoadFacts, LoadStep } from './job-identity.js';

/** A line of the ledger: these batches of this table's day are in the warehouse. */
export interface LedgerEntry {
  readonly step: LoadStep;
  readonly facts: LoadFacts;
  /** Null when there was nothing to load but what a stream had written. */
  readonly jobId: string | null;
}

/** The ledger's table in each dataset. Its own, not the schema's: it describes a warehouse and not the lake. */
export const LEDGER_TABLE = 'load_ledger';

/** Its columns. */
export const LEDGER_FIELDS: readonly BigQueryField[] = [
  { name: 'table_name', type: 'STRING', mode: 'REQUIRED', description: 'Qualified name of the table.' },
  { name: 'generation', type: 'STRING', mode: 'REQUIRED', description: 'Creation time of the table, epoch ms.' },
  {
    name: 'lake_id',
    type: 'STRING',
    mode: 'REQUIRED',
    description: 'Id of the table in the lake (Delta metaData.id).',
  },
  { name: 'partition_date', type: 'DATE', mode: 'NULLABLE', description: 'Day; null for a table kept whole.' },
  { name: 'first_batch', type: 'INT64', mode: 'REQUIRED', description: 'First batch of the step.' },
  { name: 'last_batch', type: 'INT64', mode: 'REQUIRED', description: 'Last batch of the step.' },
  { name: 'row_count', type: 'INT64', mode: 'REQUIRED', description: 'Rows that the step loaded.' },
  { name: 'content', type: 'STRING', mode: 'REQUIRED', description: 'Sum of the hashes of those rows.' },
  { name: 'job_id', type: 'STRING', mode: 'NULLABLE', description: 'Load job; null when a stream had written all.' },
  { name: 'loaded_at', type: 'TIMESTAMP', mode: 'REQUIRED', description: 'When the step was found done.' },
] as const;

/** The furthest step of each table's day, cheap to ask however long the ledger is. */
export function latestOf(project: string, dataset: string): string {
  return [
    'SELECT table_name, generation, lake_id, CAST(partition_date AS STRING) AS partition_date,',
    'MAX(last_batch) AS last_batch, MAX_BY(content, last_batch) AS content',
    `FROM \`${project}.${dataset}.${LEDGER_TABLE}\``,
    'GROUP BY table_name, generation, lake_id, partition_date',
  ].join(' ');
}

/** An entry as a row; without `loaded_at`, so that the same entry gives the same line. */
export function lineOf({ step, facts, jobId }: LedgerEntry): object {
  return {
    table_name: step.table,
    generation: step.generation,
    lake_id: step.lake,
    partition_date: step.date,
    first_batch: step.first,
    last_batch: facts.last,
    row_count: facts.rows,
    content: facts.content,
    job_id: jobId,
  };
}
