import { writeDataFiles } from '../../lake/data-file.js';
import { openLakeWriter, type LakeWriterOptions } from '../../lake/lake.js';
import type { LakeWriter } from '../../lake/lake-writer.js';
import type { DataFile } from '../../lake/manifest.js';
import { decodeParquet, type Row } from '../../lake/parquet.js';
import type { LakeSnapshot } from '../../lake/reader.js';
import type { Storage } from '../../lake/storage/storage.js';
import { tableFolder } from '../../lake/table-folder.js';
import { fakeProcess } from './fake-process.js';
import { bronzeRows, manifestOf, NOON, rowsOf, tableNamed, VERSIONS } from './rows.js';

const DAY = 86_400_000;

/** Messages of a batch; a batch that spans midnight has two bronze files. */
export function messagesOf(batch: number) {
  const rows = bronzeRows(batch, 3);
  if (batch % 3 !== 0) return rows;
  return [...rows, { ...bronzeRows(batch, 4, NOON + DAY)[3]! }];
}

/** The tables that a batch adds rows to: not every batch has alerts. */
export function outcomeOf(batch: number): readonly (readonly [string, readonly Row[]])[] {
  const silver = rowsOf(tableNamed('silver.patient_vitals'), batch, 2);
  const alerts = batch % 2 === 0 ? rowsOf(tableNamed('gold.alerts'), batch, 1) : [];
  return [
    ['silver.patient_vitals', silver],
    ['gold.alerts', alerts],
  ];
}

export async function commitBatch(writer: LakeWriter, batch: number): Promise<void> {
  const files: DataFile[] = [];
  for (const [name, rows] of outcomeOf(batch)) {
    files.push(...(await writeDataFiles(writer.storage, tableNamed(name), batch, rows)));
  }
  await writer.commit(manifestOf(batch, files));
}

/**
 * One life of a pipeline over a source of `batches` batches: completes what is unfinished, then freezes and commits what
 * the positions say is still to come.
 */
export async function live(storage: Storage, batches: number, options: Partial<LakeWriterOptions> = {}): Promise<void> {
  const processInfo = fakeProcess();
  let writer;
  try {
    writer = await openLakeWriter(storage, { clock: () => NOON, processInfo, ...options });
    for (const { sequence } of writer.unfinishedBatches()) await commitBatch(writer, sequence);
    for (let next = Number(writer.positions() ?? 0) + 1; next <= batches; next++) {
      await writer.freeze(messagesOf(writer.nextSequence), { positions: next, versions: VERSIONS });
      await commitBatch(writer, next);
    }
    await writer.close();
  } finally {
    processInfo.die();
  }
}

/** Every row of a table at a snapshot, read from its files, as text, in order. */
export async function contents(storage: Storage, snapshot: LakeSnapshot, name: string): Promise<readonly string[]> {
  const { table, files } = snapshot.tables.get(name)!;
  const rows: Row[] = [];
  for (const file of files) {
    const bytes = await storage.readRange(tableFolder(table) + file.path, 0, null);
    if (bytes?.length !== file.bytes) throw new Error(`${file.path} is missing or torn`);
    const found = decodeParquet(bytes, table);
    if (found.length !== file.rows) throw new Error(`${file.path} has ${found.length} rows, not ${file.rows}`);
    rows.push(...found);
  }
  return textsOf(rows, table.partitionBy);
}

/** What {@link contents} must be after a number of batches. */
export function expected(name: string, batches: number): readonly string[] {
  const all = Array.from({ length: batches }, (_, i) => i + 1);
  const rows = all.flatMap((batch): readonly Row[] =>
    name === 'bronze.patient_vitals' ? messagesOf(batch) : (new Map(outcomeOf(batch)).get(name) ?? []),
  );
  return textsOf(rows, tableNamed(name).partitionBy);
}

function textsOf(rows: readonly Row[], partitionBy: string | null): readonly string[] {
  return rows.map((row) => JSON.stringify({ ...row, ...(partitionBy && { [partitionBy]: undefined }) }, plain)).sort();
}

function plain(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;
}
