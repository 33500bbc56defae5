import { openLakeWriter } from '../../../lake/lake.js';
import type { LakeWriter } from '../../../lake/lake-writer.js';
import type { Row } from '../../../lake/parquet.js';
import { makePseudonymizer } from '../../../transforms/pseudonym.js';
import { REFERENCE_PATIENTS } from '../../../schema/tables/reference-patients.js';
import { parsePatients } from '../../patients-file.js';
import type { OpenCrew } from './crew.js';
import type { MicroBatchOptions } from './options.js';
import type { RunStatus } from './status.js';
import { requireSameKey, restoreVersions, sameVersions, saveVersions } from './version-store.js';
import { MicroBatchRun } from './micro-batch-run.js';

/**
 * The loop of every engine that works in micro-batches. Pull, freeze in bronze, acknowledge, run the graph, commit; the
 * next batch is pulled and frozen while as many run as the crew is deep, and no further, so a slow disk slows the source.
 *
 * Delivery: exactly once in silver and gold, from a source that delivers at least once. A process that is killed at any
 * moment is started again with the same options and goes on; what it had frozen is run, what it had committed stays.
 *
 * @returns where the run stood at its end
 * @throws LakeError when the lake cannot be written or has another writer; nothing is half-written then
 */
export async function runMicroBatches(
  options: MicroBatchOptions,
  openCrew: OpenCrew,
  signal: AbortSignal,
): Promise<RunStatus> {
  const lake = await openLakeWriter(options.lake, { clock: options.clock });
  try {
    if (lake.lastManifest !== null) requireSameKey(options.versions, lake.lastManifest.versions);
    await publishPatients(options, lake);
    await saveVersions(lake.storage, options);
    await finishOlderBatches(options, lake, openCrew);
    const run = await MicroBatchRun.open(options, lake, openCrew);
    try {
      return await run.drive(signal);
    } finally {
      await run.close();
    }
  } finally {
    await lake.close();
  }
}

/** Makes reference.patients what the patients file says, so that queries can join what the graph was enriched from. */
async function publishPatients({ resources }: MicroBatchOptions, lake: LakeWriter): Promise<void> {
  if (resources.patients === null) return;
  const rows = parsePatients(resources.patients, makePseudonymizer(resources.pseudonymKey));
  await lake.replace(REFERENCE_PATIENTS, rows as readonly object[] as readonly Row[]);
}

/** Runs what was frozen with another model or other patients, and not committed, with those. */
async function finishOlderBatches(options: MicroBatchOptions, lake: LakeWriter, openCrew: OpenCrew): Promise<void> {
  for (;;) {
    const [batch] = lake.unfinishedBatches();
    if (batch === undefined || sameVersions(batch.versions, options.versions)) return;
    const setting = await restoreVersions(lake.storage, options, batch.versions);
    const run = await MicroBatchRun.open({ ...options, ...setting }, lake, openCrew);
    try {
      await run.finishFrozen();
    } finally {
      await run.close();
    }
  }
}
