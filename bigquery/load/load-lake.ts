import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStorage } from '../../lake/storage/open.js';
import { Turns } from '../../lake/turns.js';
import { qualifiedName, type Table } from '../../schema/column.js';
import { ConfigurationError } from '../../schema/errors.js';
import { StreamMarks } from '../write/stream-marks.js';
import { patience } from './await-job.js';
import type { DateRange } from './date-range.js';
import { explain } from './explain.js';
import { lakeTableId } from './lake-identity.js';
import { LakeView } from './lake-view.js';
import { Ledger } from './ledger.js';
import { DAYS_AT_ONCE, loadTable, type StepReport, type TableMeans } from './load-table.js';
import { reportOf, type LoadReport } from './load-report.js';
import { loadWholeTable } from './load-whole-table.js';
import { plannedSteps, type PlannedReport } from './planned-steps.js';
import { prepareTable } from './prepare-table.js';
import { BigQueryRefusal } from './refusal.js';
import { openStaging, type Staging } from './staging.js';
import type { Streams } from './streams.js';
import { WarehouseClient, type ClientOptions } from './warehouse-client.js';
import type { WarehousePlace } from './warehouse-url.js';

export interface LoadOptions {
  readonly place: WarehousePlace;
  /** Folder of the lake, or `gs://bucket/prefix`. */
  readonly lake: string;
  readonly tables: readonly Table[];
  readonly range: DateRange;
  readonly staging: string | null;
  readonly create: boolean;
  readonly dryRun: boolean;
  /** Epoch ms. */
  readonly clock: () => number;
  readonly client: ClientOptions;
  readonly signal: AbortSignal;
  readonly onStep: (report: StepReport) => void;
}

/** Steps between two writings of the ledger. */
const LEDGER_EVERY = 25;

/**
 * Brings tables of a warehouse up to a lake.
 *
 * Delivery: each row of the lake exactly once, through any number of crashes and of loaders at a time, as long as nobody
 * else writes the same tables (what {@link StreamMarks} of the lake name is left out). A run that is killed is resumed by
 * running it again within 180 days.
 *
 * @throws ConfigurationError with the remedy, for everything that BigQuery refuses
 */
export async function loadLake(options: LoadOptions): Promise<LoadReport> {
  let action = 'reach BigQuery';
  try {
    return await load(options, (text) => (action = text));
  } catch (error) {
    if (!(error instanceof BigQueryRefusal)) throw error;
    throw explain(error, { project: options.place.project, action }, options.clock());
  }
}

async function load(options: LoadOptions, doing: (action: string) => void): Promise<LoadReport> {
  const view = await LakeView.open(options.lake, options.clock);
  const staging = openStaging(options.lake, options.staging);
  const client = await WarehouseClient.open(options.place.project, options.client);
  const folder = await mkdtemp(join(tmpdir(), 'vitals-load-'));
  const run: Run = { options, view, staging, client, folder, ledgers: new Map(), steps: [], planned: [] };
  try {
    for (const table of options.tables) {
      if (options.signal.aborted) break;
      doing(`load ${qualifiedName(table)}`);
      await bringTable(run, table);
    }
    doing('write the ledger');
    for (const ledger of run.ledgers.values()) await ledger.flush(options.clock());
  } finally {
    // After a failure too: what was done is then known without asking for each job again.
    for (const ledger of run.ledgers.values()) await ledger.flush(options.clock()).catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  }
  return { ...reportOf(options, view.sequence, run.steps), ...(options.dryRun ? { planned: run.planned } : {}) };
}

/** What the tables of one load share. */
interface Run {
  readonly options: LoadOptions;
  readonly view: LakeView;
  readonly staging: Staging;
  readonly client: WarehouseClient;
  readonly folder: string;
  readonly ledgers: Map<string, Ledger>;
  readonly steps: StepReport[];
  readonly planned: PlannedReport[];
}

async function bringTable(run: Run, table: Table): Promise<void> {
  const { options, client } = run;
  const location = await locationOf(client, options, table.tier);
  const found = await prepareTable(client, table, location, options);
  const ledger = await ledgerOf(run, table.tier, location);
  const storage = openStorage(options.lake);
  const lake = (await lakeTableId(storage, table)) ?? 'none';
  const name = qualifiedName(table);
  if (found !== null) mustBeSameLake(client.project, table, ledger.ownerOf(name, found.creationTime), lake);
  const marks = found === null ? null : new StreamMarks(storage, client.project, name, found.creationTime);
  const streams = { streamed: (await marks?.read()) ?? null, now: options.clock() };
  const means = meansOf(run, ledger, location, streams);
  if (options.dryRun || found === null) run.planned.push(...(await plannedSteps(table, found, means)));
  else if (table.partitionBy === null) await loadWholeTable(table, found, lake, means);
  else await loadTable(table, found, lake, means);
}

function meansOf(run: Run, ledger: Ledger, location: string, streams: Streams): TableMeans {
  const { options, steps, view, staging, client, folder } = run;
  return {
    ...{ client, location, staging, view, ledger, folder, streams },
    patience: patience(options.client.wait),
    range: options.range,
    turns: new Turns(DAYS_AT_ONCE),
    signal: options.signal,
    onStep: async (report) => {
      steps.push(report);
      options.onStep(report);
      if (steps.length % LEDGER_EVERY === 0) await ledger.flush(options.clock());
    },
  };
}

async function ledgerOf({ options, client, ledgers }: Run, dataset: string, location: string): Promise<Ledger> {
  const known = ledgers.get(dataset);
  if (known) return known;
  const opened = await Ledger.open(client, dataset, location, patience(options.client.wait), !options.dryRun);
  ledgers.set(dataset, opened);
  return opened;
}

/** Where a dataset lies. @throws ConfigurationError when there is none, or it lies elsewhere than `--location` says */
async function locationOf(client: WarehouseClient, { place }: LoadOptions, dataset: string): Promise<string> {
  const location = await client.datasetLocation(dataset);
  if (location === null) {
    const where = place.location ?? 'REGION';
    const remedy = `Run terraform apply (terraform/modules/warehouse), or bq mk --location=${where} ${place.project}:${dataset}.`;
    throw new ConfigurationError('--warehouse', `there is no dataset ${dataset} in project ${place.project}`, remedy);
  }
  if (place.location !== null && place.location.toLowerCase() !== location.toLowerCase()) {
    const problem = `dataset ${place.project}:${dataset} lies in ${location}, not in ${place.location}`;
    throw new ConfigurationError('--location', problem, `Give --location ${location}, or leave it out.`);
  }
  return location;
}

function mustBeSameLake(project: string, table: Table, owner: string | null, lake: string): void {
  if (owner === null || owner === lake) return;
  const name = qualifiedName(table);
  const problem = `${project}:${name} was loaded from another lake, whose batches have the same numbers`;
  const remedy = `Name that lake with --lake, or drop ${name} and load again.`;
  throw new ConfigurationError('--lake', problem, remedy);
}
