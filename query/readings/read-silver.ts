import { openLakeFiles } from '../../lake/lake-files.js';
import type { LakeSnapshot } from '../../lake/reader.js';
import { qualifiedName } from '../../schema/column.js';
import { SILVER_PATIENT_VITALS } from '../../schema/tables/silver-patient-vitals.js';
import { openDatabase, type Database } from '../database.js';
import { filesWithin, relationWithin, type EventTimes } from '../pruned-relations.js';
import { QueryError } from '../query-error.js';
import { slicesOf } from '../slices.js';
import { GREATEST_VERSION_FIRST } from '../versions.js';
import { SILVER_COLUMNS, silverBlock, type SilverBlock } from './silver-block.js';

const SILVER = SILVER_PATIENT_VITALS;
const DEFAULT_MEMORY = '512MB';

/** Readings of one slice of event time, at most a day. */
export interface SilverSlice extends EventTimes {
  /** By patient, then time, then reading; once. */
  blocks(): AsyncGenerator<SilverBlock>;
}

export interface ReadSilverOptions extends EventTimes {
  /** Milliseconds of readings before each slice that come along, for who reads a patient's past. */
  readonly before?: number;
  /** DuckDB's memory limit; beyond it a query spills. */
  readonly memoryLimit?: string;
}

/**
 * Reads what silver says of patients: each reading once, by its current version, without those that were withdrawn and those
 * that say more of a sensor than of a patient (cause `sensor`).
 *
 * Versions are told apart within a slice: a reading that a correction moved to another day counts on both. Memory: one slice in
 * DuckDB, one block of a few thousand readings here. Only files whose statistics admit rows of the stretch are read.
 */
export async function* readSilver(
  snapshot: LakeSnapshot,
  { from, to, before = 0, memoryLimit = DEFAULT_MEMORY }: ReadSilverOptions,
): AsyncGenerator<SilverSlice> {
  const files = openLakeFiles(snapshot.root);
  const live = snapshot.tables.get(qualifiedName(SILVER))?.files ?? [];
  const database = await openDatabase({ memoryLimit });
  try {
    for (const slice of slicesOf(snapshot, [SILVER])) {
      const times = { from: Math.max(from, slice.from), to: Math.min(to, slice.to) };
      if (times.from >= times.to) continue;
      const wanted = { from: times.from - before, to: times.to };
      const lent = await files.lend(filesWithin(SILVER, live, wanted));
      yield { ...times, blocks: () => blocksOf(database, relationWithin(SILVER, lent, wanted)) };
    }
  } finally {
    await database.close();
  }
}

/** The stretch of event time that silver has readings in, by the statistics of its files; null where it has none. */
export function silverTimes(snapshot: LakeSnapshot): EventTimes | null {
  const { files = [] } = snapshot.tables.get(qualifiedName(SILVER)) ?? {};
  let [from, to] = [Infinity, -Infinity];
  for (const { stats } of files) {
    const range = stats['event_time'];
    if (range === undefined) continue;
    from = Math.min(from, range[0]);
    to = Math.max(to, range[1] + 1);
  }
  return from < to ? { from, to } : null;
}

/** About how many rows silver has in a stretch: at least as many as there are. */
export function silverRows(snapshot: LakeSnapshot, times: EventTimes): number {
  const files = snapshot.tables.get(qualifiedName(SILVER))?.files ?? [];
  return filesWithin(SILVER, files, times).reduce((sum, { rows }) => sum + (rows ?? 0), 0);
}

async function* blocksOf(database: Database, silver: string): AsyncGenerator<SilverBlock> {
  const connection = await database.connect();
  try {
    const result = await connection.stream(`
      SELECT ${SILVER_COLUMNS.join(', ')}
      FROM (FROM ${silver} QUALIFY row_number() OVER (PARTITION BY reading_id ORDER BY ${GREATEST_VERSION_FIRST}) = 1)
      WHERE status <> 'entered-in-error' AND cause IS DISTINCT FROM 'sensor'
      ORDER BY patient_id, event_time, reading_id`);
    for await (const chunk of result) if (chunk.rowCount > 0) yield silverBlock(chunk);
  } catch (error) {
    throw QueryError.from(error);
  } finally {
    connection.closeSync();
  }
}
