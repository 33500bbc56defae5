import { join } from 'node:path';
import { qualifiedName, type Table } from '../../schema/column.js';
import type { Turns } from '../../lake/turns.js';
import { buildFile } from './build-file.js';
import { ConfigurationError } from '../../schema/errors.js';
import { inRange, type DateRange } from './date-range.js';
import type { Ledger } from './ledger.js';
import { loadJobId, type LoadStep } from './job-identity.js';
import type { LakeView } from './lake-view.js';
import { planStep } from './plan-step.js';
import { discard, findStep, runStep, type DoneStep, type StepFile, type StepMeans } from './run-step.js';
import { batchesOfStreams, openFor, type Streams } from './streams.js';
import type { WarehouseTable } from './warehouse-client.js';

/** A step as it is told to whoever watches. */
export interface StepReport {
  readonly table: string;
  readonly date: string | null;
  readonly first: number;
  readonly last: number;
  readonly rows: number;
  readonly jobId: string | null;
  /** An earlier run, or one beside this one, had handed the job in. */
  readonly found: boolean;
}

/** What loading one table works with. */
export interface TableMeans extends StepMeans {
  readonly view: LakeView;
  readonly ledger: Ledger;
  readonly folder: string;
  readonly streams: Streams;
  readonly range: DateRange;
  readonly turns: Turns;
  readonly signal: AbortSignal;
  readonly onStep: (report: StepReport) => Promise<void>;
}

/** Days of one table that are loaded at a time: enough to hide what BigQuery takes for a job. */
export const DAYS_AT_ONCE = 4;

/**
 * Brings one partitioned table up to the lake, day by day and range by range of batches.
 *
 * @throws ConfigurationError when the table holds rows that neither the ledger nor any job explains
 */
export async function loadTable(table: Table, found: WarehouseTable, lake: string, means: TableMeans): Promise<void> {
  const through = openFor(means.streams, means.view.sequence);
  const dates = means.view.dates(table).filter((date) => inRange(date, means.range));
  const stepOf = (date: string, first: number): LoadStep => {
    return { table: qualifiedName(table), generation: found.creationTime, lake, date, first };
  };
  await mustKnowRows(
    table,
    found,
    dates.map((date) => stepOf(date, 1)),
    means,
  );
  let failed = false;
  const days = dates.map((date) =>
    means.turns.run(async () => {
      try {
        if (!failed) await loadDay(table, date, through, stepOf, means);
      } catch (error) {
        failed = true;
        throw error;
      }
    }),
  );
  const outcomes = await Promise.allSettled(days);
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure) throw failure.reason;
}

async function loadDay(
  table: Table,
  date: string,
  through: number,
  stepOf: (date: string, first: number) => LoadStep,
  means: TableMeans,
): Promise<void> {
  const { ledger, signal, onStep } = means;
  const generation = stepOf(date, 1).generation;
  for (let first = (ledger.loadedOf(qualifiedName(table), generation, date)?.last ?? 0) + 1; !signal.aborted;) {
    const planned = planStep(await means.view.files(table, date), first, through, batchesOfStreams(means.streams));
    if (planned === null) return;
    const step = stepOf(date, first);
    const { done, attempt } = await findStep(step, means);
    const result = done ?? (await bring(table, step, planned, attempt, means));
    ledger.note({ step, facts: result.facts, jobId: result.jobId });
    const { last, rows } = result.facts;
    await onStep({ table: step.table, date, first, last, rows, jobId: result.jobId, found: result.found });
    first = last + 1;
  }
}

/** Builds the step's file and has it loaded; a step without rows needs no job. */
async function bring(
  table: Table,
  step: LoadStep,
  { last, batches, files }: NonNullable<ReturnType<typeof planStep>>,
  attempt: number,
  means: TableMeans,
): Promise<Omit<DoneStep, 'jobId'> & { readonly jobId: string | null }> {
  const nothing = { jobId: null, facts: { last, rows: 0, content: '0' }, found: false };
  if (files.length === 0) return nothing;
  const path = join(means.folder, `${loadJobId(step, attempt)}.parquet`);
  try {
    const local = (await means.view.lend(files)).map((file) => file.location);
    const built = await buildFile(table, step.date, local, batches, path);
    if (built.rows === 0) return nothing;
    const file: StepFile = { ...built, path, last };
    return await runStep(table, step, file, attempt, means);
  } finally {
    await discard({ path });
  }
}

/**
 * Rows that nobody can account for would be there twice after loading: a table that was restored, copied or filled by hand.
 */
async function mustKnowRows(
  table: Table,
  found: WarehouseTable,
  firsts: readonly LoadStep[],
  means: TableMeans,
): Promise<void> {
  const name = qualifiedName(table);
  if (found.numRows === 0 || means.ledger.ownerOf(name, found.creationTime) !== null) return;
  if (batchesOfStreams(means.streams).length > 0) return;
  // A run that was killed before it wrote the ledger has left its jobs.
  for (const step of firsts) {
    if ((await means.client.job(loadJobId(step, 1), means.location)) !== null) return;
  }
  const problem = `${means.client.project}:${name} holds ${found.numRows} rows that no load of this lake explains`;
  const remedy = `Empty it (TRUNCATE TABLE ${name}) or drop it, then load again: everything is in the lake.`;
  throw new ConfigurationError('--warehouse', problem, remedy);
}
