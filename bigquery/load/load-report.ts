import { qualifiedName, type Table } from '../../schema/column.js';
import type { StepReport } from './load-table.js';
import type { PlannedReport } from './planned-steps.js';
import type { WarehousePlace } from './warehouse-url.js';

/** What a load did (or would do), for programs. */
export interface LoadReport {
  readonly project: string;
  /** The newest batch of the lake when it began. */
  readonly batch: number;
  readonly dry_run: boolean;
  readonly jobs: number;
  /** Jobs that an earlier run had handed in and this one found done. */
  readonly found: number;
  readonly rows: number;
  readonly tables: readonly { readonly table: string; readonly jobs: number; readonly rows: number }[];
  /** Of a dry run only. */
  readonly planned?: readonly PlannedReport[];
}

/** Adds up the steps of a load. */
export function reportOf(
  {
    place,
    tables,
    dryRun,
  }: { readonly place: WarehousePlace; readonly tables: readonly Table[]; readonly dryRun: boolean },
  batch: number,
  steps: readonly StepReport[],
): LoadReport {
  const count = (all: readonly StepReport[]) => ({
    jobs: all.filter((step) => step.jobId !== null).length,
    rows: all.reduce((sum, step) => sum + step.rows, 0),
  });
  return {
    project: place.project,
    batch,
    dry_run: dryRun,
    ...count(steps),
    found: steps.filter((step) => step.found).length,
    tables: tables.map((table) => {
      const name = qualifiedName(table);
      return { table: name, ...count(steps.filter((step) => step.table === name)) };
    }),
  };
}
