import { qualifiedName } from '../schema/column.js';
import { BRONZE_PATIENT_VITALS } from '../schema/tables/bronze-patient-vitals.js';
import { sequenceOf } from './data-file.js';
import type { DeltaLog } from './delta/delta-log.js';
import { addOf } from './delta/file-action.js';
import { APPLICATION } from './frozen-batch.js';
import { LakeError } from './lake-error.js';
import type { DataFile, Manifest } from './manifest.js';
import type { Storage } from './storage/storage.js';
import { tableFolder } from './table-folder.js';

/** The logs of a lake's tables by qualified name. */
export type TableLogs = ReadonlyMap<string, DeltaLog>;

/**
 * Brings the logs of all tables up to a manifest. Idempotent: a table is behind when its `txn` says so, never because a
 * file is absent from it, for compaction may have replaced the file.
 */
export async function applyManifest(logs: TableLogs, manifest: Manifest, now: number): Promise<void> {
  const { sequence } = manifest;
  const outcomes = await Promise.allSettled(
    Array.from(filesByTable(manifest), ([name, files]) => {
      const log = logOf(logs, name);
      return log.append(() => {
        if (log.transaction(APPLICATION) >= sequence) return null;
        return {
          operation: 'WRITE',
          parameters: { mode: 'Append', batch: String(sequence) },
          txn: { appId: APPLICATION, version: sequence, lastUpdated: now },
          adds: files.map((file) => addOf(log.table, file, now)),
        };
      });
    }),
  );
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}

/** Throws a {@link LakeError} MISUSE when a manifest names a file that is not written, or not this batch's to add. */
export async function verifyManifestFiles(storage: Storage, logs: TableLogs, manifest: Manifest): Promise<void> {
  await Promise.all(
    manifest.files.map(async (file) => {
      const log = logOf(logs, file.table);
      if (file.table === BRONZE) throw misuse(manifest, file, 'belongs to bronze, which is frozen on its own');
      if (sequenceOf(file.path) !== manifest.sequence) throw misuse(manifest, file, 'belongs to another batch');
      const found = await storage.stat(tableFolder(log.table) + file.path);
      if (found?.size !== file.bytes) throw misuse(manifest, file, 'is not there, or not of its size');
    }),
  );
}

const BRONZE = qualifiedName(BRONZE_PATIENT_VITALS);

function filesByTable(manifest: Manifest): ReadonlyMap<string, readonly DataFile[]> {
  const byTable = new Map<string, DataFile[]>();
  for (const file of manifest.files) {
    const files = byTable.get(file.table);
    if (files) files.push(file);
    else byTable.set(file.table, [file]);
  }
  return byTable;
}

function logOf(logs: TableLogs, name: string): DeltaLog {
  const log = logs.get(name);
  if (log) return log;
  throw new LakeError('MISUSE', `There is no table ${name}`, 'This is a fault of the program: report it');
}

function misuse(manifest: Manifest, file: DataFile, problem: string): LakeError {
  const subject = `File ${file.table}/${file.path} of manifest ${manifest.sequence}`;
  return new LakeError('MISUSE', `${subject} ${problem}`, 'This is a fault of the program: report it');
}
