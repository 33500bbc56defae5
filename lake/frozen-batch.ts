import { BRONZE_PATIENT_VITALS } from '../schema/tables/bronze-patient-vitals.js';
import type { Message } from '../transforms/reading.js';
import type { Action } from './delta/actions.js';
import { LakeError } from './lake-error.js';
import type { BatchVersions, DataFile } from './manifest.js';
import { decodeParquet } from './parquet.js';
import type { Storage } from './storage/storage.js';
import { tableFolder } from './table-folder.js';

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Where each source stood after a batch: for files and Kafka its commit is the acknowledgement. */
export type SourcePositions = JsonValue;

/** What is kept with a frozen batch, so that running it again gives the same rows. */
export interface FreezeRecord {
  readonly positions: SourcePositions;
  readonly versions: BatchVersions;
}

/** A batch that lies in bronze: from here on its messages cannot be lost or change. */
export interface FrozenBatch extends FreezeRecord {
  readonly sequence: number;
  readonly messages: number;
  readonly files: readonly DataFile[];
}

/** The application whose `txn` actions carry batch sequences, in every table. */
export const APPLICATION = 'vitals';

/** The columns of a message; the others of a bronze row follow from them. */
const MESSAGE_COLUMNS: readonly (keyof Message)[] = [
  'batch',
  'offset',
  'message_id',
  'publish_time',
  'receive_time',
  'source',
  'dialect',
  'attributes',
  'payload',
];

/**
 * The messages of a frozen batch, by offset, payloads byte for byte. Needs no lock: workers read their own batch.
 *
 * @param files the bronze files that hold the batch, perhaps among others
 * @param expected how many messages there must be; not checked where it is not given
 * Throws a {@link LakeError} when the files do not hold what was frozen.
 */
export async function readMessages(
  storage: Storage,
  files: readonly Pick<DataFile, 'path' | 'bytes'>[],
  sequence: number,
  expected?: number,
): Promise<Message[]> {
  const messages: Message[] = [];
  for (const file of files) {
    const path = tableFolder(BRONZE_PATIENT_VITALS) + file.path;
    const bytes = await storage.readRange(path, 0, null);
    if (bytes?.length !== file.bytes) throw damaged(sequence, path);
    const rows = decodeParquet(bytes, BRONZE_PATIENT_VITALS, MESSAGE_COLUMNS) as unknown as Message[];
    for (const row of rows) if (row.batch === sequence) messages.push(row);
  }
  if (expected !== undefined && messages.length !== expected) {
    throw damaged(sequence, tableFolder(BRONZE_PATIENT_VITALS));
  }
  return files.length > 1 ? messages.sort((a, b) => a.offset - b.offset) : messages;
}

/** The text that a bronze commit carries in its `userMetadata`. */
export function encodeFrozenBatch(batch: FrozenBatch): string {
  return JSON.stringify(batch);
}

/** The batch that a bronze commit froze; null for a commit that froze none (creation, compaction). */
export function frozenBatchOf(actions: readonly Action[]): FrozenBatch | null {
  const freezes = actions.some((action) => 'txn' in action && action.txn.appId === APPLICATION);
  const info = actions.find((action) => 'commitInfo' in action);
  if (!freezes || info === undefined || info.commitInfo.userMetadata === undefined) return null;
  return JSON.parse(info.commitInfo.userMetadata) as FrozenBatch;
}

function damaged(sequence: number, path: string): LakeError {
  const problem = `Batch ${sequence} in ${path} is not what was frozen`;
  return new LakeError('CORRUPT', problem, 'Restore the file from a copy: it cannot be computed from anything else');
}
