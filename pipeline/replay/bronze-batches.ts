import type { LakeSnapshot, LiveFile } from '../../lake/reader.js';
import { decodeParquet } from '../../lake/parquet.js';
import type { Storage } from '../../lake/storage/storage.js';
import { tableFolder } from '../../lake/table-folder.js';
import { LakeError } from '../../lake/lake-error.js';
import { qualifiedName } from '../../schema/column.js';
import { BRONZE_PATIENT_VITALS } from '../../schema/tables/bronze-patient-vitals.js';
import type { Message } from '../../transforms/reading.js';

/** A stretch of time of receipt, epoch milliseconds: from inclusive, to exclusive; infinite where it is open. */
export interface ReceivedBetween {
  readonly from: number;
  readonly to: number;
}

export const ALWAYS: ReceivedBetween = { from: -Infinity, to: Infinity };

const COLUMNS: readonly (keyof Message)[] = [
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
 * The messages of a snapshot's bronze that were received in a stretch of time, batch by batch, in the order in which they
 * were frozen. Reads every file once, and holds no more of them than overlap in their batches.
 */
export async function* bronzeBatches(
  storage: Storage,
  snapshot: LakeSnapshot,
  { from, to }: ReceivedBetween = ALWAYS,
): AsyncGenerator<readonly Message[]> {
  const files = filesOf(snapshot).filter(
    ({ stats: { receive_time: time } }) => !time || (time[0] < to && time[1] >= from),
  );
  const unread = files.sort((a, b) => firstOf(a) - firstOf(b));
  const batches = new Map<number, Message[]>();
  while (unread.length > 0 || batches.size > 0) {
    const next = Math.min(...batches.keys(), ...unread.slice(0, 1).map(firstOf));
    while (unread[0] !== undefined && firstOf(unread[0]) <= next) {
      for (const message of await read(storage, unread.shift() as LiveFile)) {
        if (message.batch > snapshot.sequence || message.receive_time < from || message.receive_time >= to) continue;
        const batch = batches.get(message.batch);
        if (batch) batch.push(message);
        else batches.set(message.batch, [message]);
      }
    }
    const messages = batches.get(next);
    batches.delete(next);
    if (messages) yield messages.sort((a, b) => a.offset - b.offset);
  }
}

/** Rows in bronze, by its log: an upper bound where only a stretch is asked for. */
export function messagesIn(snapshot: LakeSnapshot): number {
  return filesOf(snapshot).reduce((sum, file) => sum + (file.rows ?? 0), 0);
}

function filesOf(snapshot: LakeSnapshot): LiveFile[] {
  return [...(snapshot.tables.get(qualifiedName(BRONZE_PATIENT_VITALS))?.files ?? [])];
}

function firstOf(file: LiveFile): number {
  return file.stats['batch']?.[0] ?? 0;
}

async function read(storage: Storage, file: LiveFile): Promise<Message[]> {
  const path = tableFolder(BRONZE_PATIENT_VITALS) + file.path;
  const bytes = await storage.readRange(path, 0, null);
  if (bytes === null) throw new LakeError('GONE', `${path} has been replaced meanwhile`, 'Start again');
  return decodeParquet(bytes, BRONZE_PATIENT_VITALS, COLUMNS) as unknown as Message[];
}
