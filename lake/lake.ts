import { qualifiedName, type Table } from '../schema/column.js';
import { TABLES } from '../schema/index.js';
import { GOLD_ALERT_EVENTS } from '../schema/tables/gold-alert-events.js';
import { GOLD_MODEL_DRIFT } from '../schema/tables/gold-model-drift.js';
import { GOLD_MODEL_EVENTS } from '../schema/tables/gold-model-events.js';
import { BRONZE_PATIENT_VITALS } from '../schema/tables/bronze-patient-vitals.js';
import { applyManifest } from './apply-manifest.js';
import { BronzeLog } from './bronze-log.js';
import { DeltaLog, type LogOptions } from './delta/delta-log.js';
import type { LakeWriter } from './lake-writer.js';
import { ManifestLog, type ManifestLogOptions } from './manifest-log.js';
import { MANIFEST_FOLDER } from './manifest-name.js';
import { currentProcess, type ProcessInfo } from './process-info.js';
import { openStorage } from './storage/open.js';
import type { Storage } from './storage/storage.js';
import { SingleWriter } from './single-writer.js';
import { tableFolder } from './table-folder.js';
import { takeWriterLock } from './writer-lock.js';

export interface LakeWriterOptions extends LogOptions, ManifestLogOptions {
  /** Epoch ms; stamps commits and decides what is old. */
  readonly clock: () => number;
  readonly processInfo?: ProcessInfo;
}

/**
 * Opens a lake for writing: takes its lock, creates what is not there, verifies the logs, and completes what the last
 * writer left unfinished. Throws a {@link LakeError} when another writer holds the lake or the lake is damaged.
 */
export async function openLakeWriter(root: string | Storage, options: LakeWriterOptions): Promise<LakeWriter> {
  const storage = openStorage(root);
  const lock = await takeWriterLock(storage, options.processInfo ?? currentProcess());
  try {
    await removeTemporaries(storage);
    const manifests = await ManifestLog.open(storage, options);
    const logs = new Map<string, DeltaLog>();
    for (const table of OWNED) {
      logs.set(qualifiedName(table), await DeltaLog.open(storage, table, options.clock, options));
    }
    for (const manifest of manifests.recent) await applyManifest(logs, manifest, options.clock());
    const bronze = await BronzeLog.open(logs.get(BRONZE)!, manifests.head, options.clock);
    return new SingleWriter(storage, lock, manifests, logs, bronze, options.clock);
  } catch (error) {
    // What went wrong first is what matters; a lock that cannot be released is that of a dead process soon.
    await lock.release().catch(() => undefined);
    throw error;
  }
}

const BRONZE = qualifiedName(BRONZE_PATIENT_VITALS);

/** Tables of events, which whoever causes one appends to (event-log.ts). */
const SHARED: readonly Table[] = [GOLD_ALERT_EVENTS, GOLD_MODEL_EVENTS, GOLD_MODEL_DRIFT];

/** The tables that have one writer. */
const OWNED = (TABLES as readonly Table[]).filter((table) => !SHARED.includes(table));

async function removeTemporaries(storage: Storage): Promise<void> {
  const folders = [MANIFEST_FOLDER, ...(TABLES as readonly Table[]).map(tableFolder)];
  for (const folder of folders) await storage.local?.removeTemporaries(folder);
}
