import { beam, register, type PCollection } from '../beam/index.js';
import { apply, parDo, type Block, type Transform } from './block.js';
import { groupBlocks, type WindowedBlock } from './window.js';
import type { IdentifiedReading } from './reading.js';

/** A repeat that was dropped: where it came from, and the message of the copy that stays. */
export interface Suppressed {
  readonly batch: number;
  readonly offset: number;
  readonly item: number;
  readonly source_message_id: string;
  readonly kept_batch: number;
  readonly kept_offset: number;
  readonly kept_message_id: string;
}

/** What a group holds once, and the repeats of it that were dropped. */
export interface Deduplicated<T> {
  readonly rows: readonly T[];
  readonly suppressed: readonly Suppressed[];
}

/** What deduplicate reads of a row. */
type Identified = Pick<
  IdentifiedReading,
  'reading_id' | 'content_hash' | 'batch' | 'offset' | 'item' | 'source_message_id'
>;

/** Shared by every group without a repeat. */
const NONE: readonly Suppressed[] = Object.freeze([]);

/**
 * Keeps one row of each version (reading_id, content_hash) of a group, and names the repeats. Other versions of the
 * same reading all stay: which of them is current is the commit's business (version-order.ts).
 *
 * Stands after window, so that a group holds every row that can repeat another (repeats share the event time), and
 * before enrich and score, which cost most. Repeats over the groups of different batches are settled by the commit.
 *
 * The row with the least (batch, offset, item) is kept, so that the answer does not depend on the order of the rows.
 * In and out: identified readings; a kept row stands where the first of its version stood. Rejects nothing: a
 * suppressed row is a copy of one that stays. Delivery: pure and deterministic.
 */
export function deduplicate<T extends Identified>(readings: readonly T[]): Deduplicated<T> {
  const rows: T[] = [];
  const repeats: T[] = [];
  const placesOfRepeats: number[] = [];
  const firstOfReading = new Map<string, number>();
  const otherVersions = new Map<string, number>();
  const dropRepeat = (place: number, reading: T): void => {
    repeats.push(keepEarlier(rows, place, reading));
    placesOfRepeats.push(place);
  };
  for (const reading of readings) {
    const first = firstOfReading.get(reading.reading_id);
    if (first === undefined) {
      firstOfReading.set(reading.reading_id, rows.length);
      rows.push(reading);
    } else if ((rows[first] as T).content_hash === reading.content_hash) {
      dropRepeat(first, reading);
    } else {
      const version = reading.reading_id + reading.content_hash;
      const other = otherVersions.get(version);
      if (other === undefined) {
        otherVersions.set(version, rows.length);
        rows.push(reading);
      } else dropRepeat(other, reading);
    }
  }
  if (repeats.length === 0) return { rows, suppressed: NONE };
  return { rows, suppressed: repeats.map((repeat, i) => suppress(repeat, rows[placesOfRepeats[i] as number] as T)) };
}

/** Puts the earlier of the two in its place. @returns the other one */
function keepEarlier<T extends Identified>(rows: T[], index: number, reading: T): T {
  const kept = rows[index] as T;
  const order = reading.batch - kept.batch || reading.offset - kept.offset || reading.item - kept.item;
  if (order >= 0) return reading;
  rows[index] = reading;
  return kept;
}

function suppress(repeat: Identified, kept: Identified): Suppressed {
  return {
    batch: repeat.batch,
    offset: repeat.offset,
    item: repeat.item,
    source_message_id: repeat.source_message_id,
    kept_batch: kept.batch,
    kept_offset: kept.offset,
    kept_message_id: kept.source_message_id,
  };
}

export interface DeduplicatedCollections<T> {
  readonly rows: PCollection<Block<T>>;
  readonly suppressed: PCollection<Block<Suppressed>>;
}

/** Deduplicates the blocks of one window and bucket, brought together. */
export class DeduplicateGroup<T extends Identified> {
  *process(group: {
    readonly value: Iterable<WindowedBlock<T>>;
  }): Generator<{ readonly rows: Block<T> } | { readonly suppressed: Block<Suppressed> }> {
    const { rows, suppressed } = deduplicate([...group.value].flatMap((block) => block.rows));
    yield { rows };
    if (suppressed.length > 0) yield { suppressed };
  }
}

/** {@link deduplicate} over the blocks of each window. @param buckets as windowBlocks has them */
export function deduplicateBlocks<T extends Identified>(
  buckets = 1,
): Transform<WindowedBlock<T>, DeduplicatedCollections<T>> {
  return (input) => {
    const deduplicated = apply(groupBlocks(input, buckets), 'Rows', parDo(new DeduplicateGroup<T>()));
    return apply(deduplicated, 'Split', beam.split(['rows', 'suppressed']) as never);
  };
}

register('transforms/deduplicate', { DeduplicateGroup });
