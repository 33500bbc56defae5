import type { LakeSnapshot } from '../../lake/reader.js';
import { openStorage } from '../../lake/storage/open.js';
import { openQuerySession } from '../../query/session.js';
import { runDirect } from '../engines/direct/engine.js';
import type { MicroBatchOptions } from '../engines/micro-batch/options.js';
import type { RunStatus } from '../engines/micro-batch/status.js';
import type { SourcePositions } from '../sources/source.js';
import { ALWAYS, bronzeBatches, type ReceivedBetween } from './bronze-batches.js';
import { BronzeSource } from './bronze-source.js';

/** How to run a rebuild: as any run; `lake` is the new, empty folder. */
export type RebuildOptions = Omit<MicroBatchOptions, 'source' | 'once'>;

/**
 * Makes a new lake out of the bronze of a snapshot: every message as it was frozen, run by this program with the given patients,
 * model and time zone. The old lake is only read.
 *
 * Delivery: exactly once, as a run has it. A rebuild that was cut short leaves a lake that is sound and not complete; it has
 * recorded no positions of the sources.
 *
 * @param positions where the sources stood, recorded with the last batch; null to leave them out
 */
export async function rebuildLake(
  snapshot: LakeSnapshot,
  options: RebuildOptions,
  positions: SourcePositions | null,
  signal: AbortSignal,
  received: ReceivedBetween = ALWAYS,
): Promise<RunStatus> {
  const storage = openStorage(snapshot.root);
  const source = new BronzeSource(
    `lake:${snapshot.root}`,
    bronzeBatches(storage, snapshot, received),
    await repeatedMessages(snapshot),
    positions,
  );
  return runDirect({ ...options, source, once: true, recorded: !options.versions.check_clock }, signal);
}

/** `dead-letter:batch/offset` of every message that dead-letters retry ran again. */
async function repeatedMessages(snapshot: LakeSnapshot): Promise<ReadonlySet<string>> {
  const session = await openQuerySession(snapshot);
  try {
    const sql = `SELECT DISTINCT source FROM bronze.patient_vitals WHERE starts_with(source, 'dead-letter:')`;
    return new Set((await session.all(sql)).map(({ source }) => String(source)));
  } finally {
    await session.close();
  }
}
