import { openLakeWriter } from '../../lake/lake.js';
import { openLakeSnapshot } from '../../lake/reader.js';
import { ConfigurationError } from '../../schema/errors.js';

/** What `vitals compact` did. */
export interface CompactReport {
  /** Tables of which files were merged. */
  readonly tables: readonly {
    readonly table: string;
    /** Files that were merged, and those they became. */
    readonly files: number;
    readonly merged: number;
    readonly bytesBefore: number;
    readonly bytesAfter: number;
  }[];
  /** Files deleted: replaced longer ago than readers may take, or named by nothing. */
  readonly deleted: number;
}

/**
 * Merges the small files of every table and deletes what is due, as a running pipeline does beside its batches. The rows stay the
 * same rows, whoever reads meanwhile.
 *
 * Delivery: idempotent; a crash leaves the old files or the new one, never both.
 *
 * @param minFiles files of one partition and size from which on they are merged, at least 2
 * @throws ConfigurationError for a lake that is not there, LakeError while another writer has it
 */
export async function compactLake(lake: string, minFiles: number, clock: () => number): Promise<CompactReport> {
  if (!Number.isInteger(minFiles) || minFiles < 2) {
    throw new ConfigurationError('--min-files', `${minFiles} files cannot be merged`, 'Give a whole number from 2 on.');
  }
  // Opening a writer would make a lake where there is none.
  await openLakeSnapshot(lake);
  const writer = await openLakeWriter(lake, { clock });
  try {
    const { merges } = await writer.compact({ minFiles });
    const { replaced, orphans } = await writer.vacuum();
    const names = [...new Set(merges.map(({ table }) => table))];
    const tables = names.map((table) => {
      const own = merges.filter((merge) => merge.table === table);
      const sum = (count: (merge: (typeof own)[number]) => number) =>
        own.reduce((total, each) => total + count(each), 0);
      return {
        table,
        files: sum(({ files }) => files),
        merged: own.length,
        bytesBefore: sum(({ bytesBefore }) => bytesBefore),
        bytesAfter: sum(({ bytesAfter }) => bytesAfter),
      };
    });
    return { tables, deleted: replaced + orphans };
  } finally {
    await writer.close();
  }
}
