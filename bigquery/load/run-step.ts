import { rm } from 'node:fs/promises';
import { bigQueryFields } from '../../schema/render/bigquery.js';
import type { Table } from '../../schema/column.js';
import { awaitJob, type Patience } from './await-job.js';
import type { BuiltFile } from './build-file.js';
import { factsOf, labelsOf, loadJobId, type LoadFacts, type LoadStep } from './job-identity.js';
import { BigQueryRefusal, jobFailure } from './refusal.js';
import type { Staging } from './staging.js';
import type { LoadJobState } from './load-job.js';
import type { WarehouseClient } from './warehouse-client.js';

/** A step that BigQuery has carried out. */
export interface DoneStep {
  readonly jobId: string;
  readonly facts: LoadFacts;
  /** The job was there already: a run before this one, or one beside it, had handed it in. */
  readonly found: boolean;
}

/** What a step's file holds, where it lies, and how far it goes. */
export interface StepFile extends BuiltFile {
  readonly path: string;
  readonly last: number;
}

/** What runs steps of one table. */
export interface StepMeans {
  readonly client: WarehouseClient;
  readonly location: string;
  readonly patience: Patience;
  readonly staging: Staging;
}

/** Failed attempts that are looked through before a step is given up as one that can never be done. */
const MOST_ATTEMPTS = 100;

/** The job that has done, or is doing, a step; null with the attempt that is free when there is none. */
export async function findStep(
  step: LoadStep,
  { client, location, patience, staging }: StepMeans,
  from = 1,
): Promise<{ readonly done: DoneStep | null; readonly attempt: number }> {
  for (let attempt = from; attempt <= MOST_ATTEMPTS; attempt++) {
    const jobId = loadJobId(step, attempt);
    if ((await client.job(jobId, location)) === null) return { done: null, attempt };
    const state = await awaitJob(client, jobId, location, patience);
    if (state.failure === null) {
      await staging.clear(jobId);
      return { done: { jobId, facts: verified(jobId, state), found: true }, attempt };
    }
  }
  throw new BigQueryRefusal(0, 'invalid', `${step.table} failed ${MOST_ATTEMPTS} times; see job ${loadJobId(step, 1)}`);
}

/**
 * Carries out a step: one load job, which BigQuery does whole or not at all, under a name that it takes once.
 *
 * Delivery: exactly once, through any crash here and any number of loaders at once. Who finds the name taken waits for that
 * job and believes what it says of itself.
 *
 * @param attempt the first that is free ({@link findStep})
 * @throws BigQueryRefusal when it cannot be done; then nothing of it was loaded
 */
export async function runStep(
  table: Table,
  step: LoadStep,
  file: StepFile,
  attempt: number,
  means: StepMeans,
): Promise<DoneStep> {
  const { client, location, patience, staging } = means;
  const facts = { last: file.last, rows: file.rows, content: file.content };
  for (let tried = 1, next = attempt; ; tried++) {
    const jobId = loadJobId(step, next);
    const source = await staging.put(file.path, jobId);
    const outcome = await client.insert(
      {
        jobId,
        dataset: table.tier,
        table: table.name,
        location,
        labels: labelsOf(facts),
        fields: bigQueryFields(table),
        format: 'PARQUET',
        disposition: step.date === null ? 'WRITE_TRUNCATE_DATA' : 'WRITE_APPEND',
      },
      source,
    );
    const state = await awaitJob(client, jobId, location, patience);
    await staging.clear(jobId);
    if (state.failure === null) return { jobId, facts: verified(jobId, state), found: outcome === 'taken' };
    if (!patience.mayRetry(state.failure, tried)) throw state.failure;
    const found = await findStep(step, means, next + 1);
    if (found.done) return found.done;
    next = found.attempt;
  }
}

/** What a job says of itself, held against what BigQuery says of it. */
function verified(jobId: string, state: LoadJobState): LoadFacts {
  const facts = factsOf(state.labels);
  if (facts !== null && facts.rows === state.outputRows) return facts;
  const message = `the job ${jobId} loaded ${state.outputRows} rows and not the ${facts?.rows ?? 'labelled'} it was given`;
  throw jobFailure({ reason: 'invalid', message });
}

/** Removes a step's file. */
export function discard(file: Pick<StepFile, 'path'>): Promise<void> {
  return rm(file.path, { force: true });
}
