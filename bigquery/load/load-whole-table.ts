import { join } from 'node:path';
import { qualifiedName, type Table } from '../../schema/column.js';
import { buildFile } from './build-file.js';
import type { LoadStep } from './job-identity.js';
import type { TableMeans } from './load-table.js';
import { discard, findStep, runStep } from './run-step.js';
import type { WarehouseTable } from './warehouse-client.js';

/**
 * Replaces a table that is kept whole (people and stays), when it has changed since the last time. Its steps count the
 * replacements: 1, 2, 3.
 *
 * Delivery: readers see the old rows or the new ones; replacing twice does no harm.
 */
export async function loadWholeTable(
  table: Table,
  found: WarehouseTable,
  lake: string,
  means: TableMeans,
): Promise<void> {
  const files = await means.view.files(table, null);
  if (files.length === 0) return;
  const name = qualifiedName(table);
  const path = join(means.folder, `${table.tier}_${table.name}.parquet`);
  try {
    const local = (await means.view.lend(files)).map((file) => file.location);
    const built = await buildFile(table, null, local, null, path);
    for (;;) {
      const loaded = means.ledger.loadedOf(name, found.creationTime, null);
      if (loaded?.content === built.content) return;
      const first = (loaded?.last ?? 0) + 1;
      const step: LoadStep = { table: name, generation: found.creationTime, lake, date: null, first };
      const { done, attempt } = await findStep(step, means);
      const result = done ?? (await runStep(table, step, { ...built, path, last: first }, attempt, means));
      means.ledger.note({ step, ...result });
      const { facts, jobId, found: wasThere } = result;
      await means.onStep({ table: name, date: null, first, last: first, rows: facts.rows, jobId, found: wasThere });
    }
  } finally {
    await discard({ path });
  }
}
