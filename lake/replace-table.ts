import { writeDataFiles } from './data-file.js';
import type { DeltaLog } from './delta/delta-log.js';
import { addOf, removeOf } from './delta/file-action.js';
import type { Row } from './parquet.js';

/**
 * Replaces all rows of a small table that is kept whole (reference data), in one commit.
 *
 * Delivery: readers see the old rows or the new ones. Idempotent: the same rows commit nothing, because a file is named by
 * its content.
 *
 * @param sequence names the file; later than any that the table has
 */
export async function replaceTable(log: DeltaLog, sequence: number, rows: readonly Row[], now: number): Promise<void> {
  const files = await writeDataFiles(log.storage, log.table, sequence, rows);
  await log.append((state) => {
    const live = [...state.live.values()];
    const known = new Set(live.map((add) => contentOf(add.path)));
    if (live.length === files.length && files.every((file) => known.has(contentOf(file.path)))) return null;
    return {
      operation: 'WRITE',
      parameters: { mode: 'Overwrite' },
      removes: live.map((add) => ({ ...removeOf(add, now), dataChange: true })),
      adds: files.map((file) => addOf(log.table, file, now)),
    };
  });
}

/** The part of a data file's name that stands for its content. */
function contentOf(path: string): string {
  return path.slice(path.lastIndexOf('-') + 1);
}
