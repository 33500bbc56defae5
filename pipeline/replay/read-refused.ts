import { readMessages } from '../../lake/frozen-batch.js';
import type { LakeSnapshot, LiveFile } from '../../lake/reader.js';
import { openStorage } from '../../lake/storage/open.js';
import { qualifiedName } from '../../schema/column.js';
import { BRONZE_PATIENT_VITALS } from '../../schema/tables/bronze-patient-vitals.js';
import type { RefusedMessage } from './try-again.js';

/** An item that was refused whole. */
export interface RefusedItem {
  readonly batch: number;
  readonly offset: number;
  readonly item: number;
}

/**
 * The messages of refused items as bronze froze them, in the order in which they were received: with their attributes,
 * which say what dialect they are in and which a dead letter does not keep. Reads each batch concerned once.
 */
export async function readRefused(snapshot: LakeSnapshot, items: readonly RefusedItem[]): Promise<RefusedMessage[]> {
  const storage = openStorage(snapshot.root);
  const wanted = new Map<number, Map<number, number[]>>();
  for (const { batch, offset, item } of items) {
    const offsets = wanted.get(batch) ?? new Map<number, number[]>();
    wanted.set(batch, offsets.set(offset, [...(offsets.get(offset) ?? []), item]));
  }
  const found: RefusedMessage[] = [];
  for (const [batch, offsets] of [...wanted].sort(([a], [b]) => a - b)) {
    for (const message of await readMessages(storage, filesOf(snapshot, batch), batch)) {
      const refused = offsets.get(message.offset);
      if (refused !== undefined) found.push({ message, items: refused });
    }
  }
  return found;
}

function filesOf(snapshot: LakeSnapshot, batch: number): readonly LiveFile[] {
  const files = snapshot.tables.get(qualifiedName(BRONZE_PATIENT_VITALS))?.files ?? [];
  return files.filter((file) => {
    const [first, last] = file.stats['batch'] ?? [-Infinity, Infinity];
    return first <= batch && last >= batch;
  });
}
