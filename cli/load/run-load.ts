import { parseDateRange } from '../../bigquery/load/date-range.js';
import { renderExternalTables } from '../../bigquery/load/external-tables.js';
import { loadLake } from '../../bigquery/load/load-lake.js';
import type { LoadReport } from '../../bigquery/load/load-report.js';
import type { StepReport } from '../../bigquery/load/load-table.js';
import { selectTables } from '../../bigquery/load/select-tables.js';
import { parseWarehouse } from '../../bigquery/load/warehouse-url.js';
import { sleep } from '../../pipeline/sleep.js';
import { ConfigurationError } from '../../schema/errors.js';
import { lakeUrl } from '../lake-url.js';
import { stopSignal } from '../stop-signal.js';

export interface LoadArguments {
  readonly lake: string;
  readonly warehouse: string | undefined;
  readonly tables: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly location: string | undefined;
  readonly staging: string | undefined;
  readonly create: boolean;
  readonly 'dry-run': boolean;
  readonly external: boolean;
  readonly connection: string | undefined;
  readonly json: boolean;
}

/**
 * `vitals load`: progress on stderr, counts on stdout.
 *
 * @throws ConfigurationError with the remedy
 */
export async function runLoad(args: LoadArguments): Promise<void> {
  if (args.external) return printExternalTables(args);
  if (args.warehouse === undefined) {
    const remedy = 'Give --warehouse bigquery:PROJECT; gcloud config get project prints yours.';
    throw new ConfigurationError('--warehouse', 'the project is missing', remedy);
  }
  const report = await loadLake({
    place: parseWarehouse(args.warehouse, args.location),
    lake: lakeUrl(args.lake),
    tables: selectTables(args.tables),
    range: parseDateRange(args.from, args.to),
    staging: args.staging ?? null,
    create: args.create,
    dryRun: args['dry-run'],
    clock: Date.now,
    client: { random: Math.random, wait: sleep },
    signal: stopSignal(),
    onStep: (step) => process.stderr.write(describeStep(step) + '\n'),
  });
  process.stdout.write((args.json ? JSON.stringify(report) : describeReport(report)) + '\n');
}

function printExternalTables({ tables, lake, connection }: LoadArguments): void {
  if (connection === undefined) {
    const remedy = 'Give --connection PROJECT.REGION.CONNECTION (terraform/modules/warehouse makes one).';
    throw new ConfigurationError('--connection', 'is missing', remedy);
  }
  process.stdout.write(renderExternalTables(selectTables(tables ?? 'bronze,silver'), lakeUrl(lake), connection));
}

function describeStep({ table, date, first, last, rows, found }: StepReport): string {
  const which = date === null ? 'whole' : `${date}  batches ${first}-${last}`;
  return `${table}  ${which}  ${count(rows)} rows${found ? '  (the job was there already)' : ''}`;
}

function describeReport(report: LoadReport): string {
  const lines = report.tables.map(({ table, rows, jobs }) => `${table}: ${count(rows)} rows, ${count(jobs)} jobs`);
  const planned = (report.planned ?? []).map(
    ({ table, date, first, last, files, bytes }) =>
      `${table}  ${date ?? 'whole'}  batches ${first}-${last}  ${count(files)} files, ${count(bytes)} bytes`,
  );
  return report.dry_run
    ? [...planned, `${count(planned.length)} jobs would be handed in`].join('\n')
    : [...lines, `${count(report.rows)} rows loaded, up to batch ${count(report.batch)}`].join('\n');
}

function count(n: number): string {
  return n.toLocaleString('en-US');
}
