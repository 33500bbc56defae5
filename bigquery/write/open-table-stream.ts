import type { Storage } from '../../lake/storage/storage.js';
import { qualifiedName, type Table } from '../../schema/column.js';
import { ConfigurationError } from '../../schema/errors.js';
import { patience } from '../load/await-job.js';
import { explain } from '../load/explain.js';
import { lakeTableId } from '../load/lake-identity.js';
import { Ledger } from '../load/ledger.js';
import { prepareTable } from '../load/prepare-table.js';
import { BigQueryRefusal } from '../load/refusal.js';
import { WarehouseClient, type ClientOptions } from '../load/warehouse-client.js';
import { openAppender, type AppendOptions } from './append-rows.js';
import { StreamMarks } from './stream-marks.js';
import { TableStream } from './table-stream.js';

export interface TableStreamOptions {
  readonly client: ClientOptions;
  readonly append: AppendOptions;
  readonly clock: () => number;
  /** The newest batch of the lake; 0 when there is none. */
  readonly head: number;
}

/**
 * Opens streams into tables that are there and fit our schema.
 *
 * @throws ConfigurationError with the remedy: no project, no table, another schema, another lake's rows, no permission
 */
export async function openTableStreams(
  project: string,
  storage: Storage,
  tables: readonly Table[],
  options: TableStreamOptions,
): Promise<readonly TableStream[]> {
  const client = await WarehouseClient.open(project, options.client);
  const streams: TableStream[] = [];
  try {
    for (const table of tables) streams.push(await openTableStream(client, storage, table, options));
    return streams;
  } catch (error) {
    for (const stream of streams) await stream.close();
    if (!(error instanceof BigQueryRefusal)) throw error;
    throw explain(error, { project, action: 'open a stream' }, options.clock());
  }
}

async function openTableStream(
  client: WarehouseClient,
  storage: Storage,
  table: Table,
  { append, clock, head, client: { wait } }: TableStreamOptions,
): Promise<TableStream> {
  const name = qualifiedName(table);
  const location = await client.datasetLocation(table.tier);
  if (location === null) {
    const problem = `there is no dataset ${table.tier} in project ${client.project}`;
    throw new ConfigurationError('--warehouse', problem, 'Run terraform apply (terraform/modules/warehouse).');
  }
  const found = await prepareTable(client, table, location, { create: false, dryRun: false });
  const ledger = await Ledger.open(client, table.tier, location, patience(wait), false);
  const owner = ledger.ownerOf(name, found!.creationTime);
  const lake = await lakeTableId(storage, table);
  if (owner !== null && owner !== lake) {
    const problem = `${client.project}:${name} was loaded from another lake`;
    throw new ConfigurationError('--warehouse', problem, `Name that lake with --lake, or drop ${name} first.`);
  }
  const marks = new StreamMarks(storage, client.project, name, found!.creationTime);
  const appender = await openAppender(client.project, table, append);
  return TableStream.begin(table, marks, appender, clock, head);
}
