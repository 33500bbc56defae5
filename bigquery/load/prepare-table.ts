import { ConfigurationError } from '../../schema/errors.js';
import { qualifiedName, type Table } from '../../schema/column.js';
import { planEvolution } from '../evolve.js';
import { identifies } from './select-tables.js';
import type { WarehouseClient, WarehouseTable } from './warehouse-client.js';

export interface PrepareOptions {
  /** Create what is missing and add new nullable columns; else whoever owns the schema has to (Terraform). */
  readonly create: boolean;
  /** Change nothing. */
  readonly dryRun: boolean;
}

/**
 * The table as BigQuery has it, fit to take rows of our schema; null when it is not there and this is a dry run.
 *
 * Tables whose columns may identify people are never created here: the policy tags on them are Terraform's to put.
 *
 * @throws ConfigurationError when the table is missing or differs, with the remedy
 */
export async function prepareTable(
  client: WarehouseClient,
  table: Table,
  location: string,
  { create, dryRun }: PrepareOptions,
): Promise<WarehouseTable | null> {
  const found = (await client.table(table.tier, table.name)) ?? (await made(client, table, create, dryRun));
  if (found === null) return null;
  const { statements, refusals } = planEvolution(found, table);
  if (refusals.length > 0) throw differs(client.project, refusals);
  if (statements.length === 0 || dryRun) return found;
  if (!create) {
    const problem = `${client.project}:${qualifiedName(table)} lacks columns that the schema has`;
    throw new ConfigurationError('--warehouse', problem, 'Run terraform apply, or add --create to add them.');
  }
  for (const statement of statements) await client.query(statement, location);
  return client.table(table.tier, table.name);
}

async function made(
  client: WarehouseClient,
  table: Table,
  create: boolean,
  dryRun: boolean,
): Promise<WarehouseTable | null> {
  const name = qualifiedName(table);
  const problem = `there is no table ${name} in ${client.project}`;
  if (create && identifies(table)) {
    const remedy = 'It holds what may identify people: create it with terraform apply, which puts policy tags on it.';
    throw new ConfigurationError('--create', problem, remedy);
  }
  if (dryRun) return null;
  if (!create) {
    throw new ConfigurationError('--warehouse', problem, 'Run terraform apply, or add --create to create it.');
  }
  await client.createTable(table);
  return client.table(table.tier, table.name);
}

function differs(project: string, refusals: readonly string[]): ConfigurationError {
  const [first, ...rest] = refusals;
  const more = rest.length === 0 ? '' : ` (and ${rest.length} more)`;
  return new ConfigurationError('--warehouse', `${project}:${first}${more}`, 'Nothing was loaded into that table.');
}
