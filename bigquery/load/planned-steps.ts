import { qualifiedName, type Table } from '../../schema/column.js';
import { inRange } from './date-range.js';
import type { TableMeans } from './load-table.js';
import { planStep } from './plan-step.js';
import { batchesOfStreams, openFor } from './streams.js';
import type { WarehouseTable } from './warehouse-client.js';

/** A job that a load would begin with, as a dry run tells it; jobs of a run that was killed are not looked for. */
export interface PlannedReport {
  readonly table: string;
  readonly date: string | null;
  readonly first: number;
  readonly last: number;
  /** Files of the lake that hold its rows. */
  readonly files: number;
  /** Bytes of those files. */
  readonly bytes: number;
}

/** The jobs that one table needs, by the ledger alone. */
export async function plannedSteps(
  table: Table,
  found: WarehouseTable | null,
  means: Pick<TableMeans, 'view' | 'ledger' | 'streams' | 'range'>,
): Promise<readonly PlannedReport[]> {
  const name = qualifiedName(table);
  const loaded = (date: string | null) =>
    found === null ? 0 : (means.ledger.loadedOf(name, found.creationTime, date)?.last ?? 0);
  const report = (date: string | null, first: number, last: number, files: readonly { readonly bytes: number }[]) => {
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    return { table: name, date, first, last, files: files.length, bytes };
  };
  if (table.partitionBy === null) {
    const files = await means.view.files(table, null);
    return files.length === 0 ? [] : [report(null, loaded(null) + 1, loaded(null) + 1, files)];
  }
  const through = openFor(means.streams, means.view.sequence);
  const planned: PlannedReport[] = [];
  for (const date of means.view.dates(table).filter((day) => inRange(day, means.range))) {
    for (let first = loaded(date) + 1; ;) {
      const step = planStep(await means.view.files(table, date), first, through, batchesOfStreams(means.streams));
      if (step === null) break;
      if (step.files.length > 0) planned.push(report(date, first, step.last, step.files));
      first = step.last + 1;
    }
  }
  return planned;
}
