import { beam, register, type PCollection } from '../beam/index.js';
import { apply, parDo, type Block, type Transform } from './block.js';
import { groupByBucket, type WindowedBlock } from './window.js';
import type { IdentifiedReading } from './reading.js';

/** What a group holds once, and how many repeats of it were dropped. */
export interface Deduplicated<T> {
  readonly rows: readonly T[];
  readonly suppressed: number;
}

/** What deduplicate reads of a row. */
type Identified = Pick<IdentifiedReading, 'reading_id' | 'content_hash' | 'batch' | 'offset' | 'item'>;

/**
 * Keeps one row of each version (reading_id, content_hash) of a group, and counts the repeats. Other versions of the
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
  const firstOfReading = new Map<string, number>();
  const otherVersions = new Map<string, number>();
  for (const reading of readings) {
    const first = firstOfReading.get(reading.reading_id);
    if (first === undefined) {
      firstOfReading.set(reading.reading_id, rows.length);
      rows.push(reading);
    } else if ((rows[first] as T).content_hash === reading.content_hash) {
      keepEarlier(rows, first, reading);
    } else {
      const version = reading.reading_id + reading.content_hash;
      const other = otherVersions.get(version);
      if (other === undefined) {
        otherVersions.set(version, rows.length);
        rows.push(reading);
      } else keepEarlier(rows, other, reading);
    }
  }
  return { rows, suppressed: readings.length - rows.length };
}

function keepEarlier<T extends Identified>(rows: T[], index: number, reading: T): void {
  const kept = rows[index] as T;
  const order = reading.batch - kept.batch || reading.offset - kept.offset || reading.item - kept.item;
  if (order < 0) rows[index] = reading;
}

export interface DeduplicatedCollections<T> {
  readonly rows: PCollection<Block<T>>;
  /** One number a group: how many repeats were dropped. */
  readonly suppressed: PCollection<Block<number>>;
}

/** Deduplicates the blocks of one window and bucket, brought together. */
export class DeduplicateGroup<T extends Identified> {
  *process(group: {
    readonly value: Iterable<WindowedBlock<T>>;
  }): Generator<{ readonly rows: Block<T> } | { readonly suppressed: Block<number> }> {
    const { rows, suppressed } = deduplicate([...group.value].flatMap((block) => block.rows));
    yield { rows };
    if (suppressed > 0) yield { suppressed: [suppressed] };
  }
}

/** {@link deduplicate} over the blocks of each window. */
export function deduplicateBlocks<T extends Identified>(): Transform<WindowedBlock<T>, DeduplicatedCollections<T>> {
  return (input) => {
    const deduplicated = apply(groupByBucket(input), 'Rows', parDo(new DeduplicateGroup<T>()));
    return apply(deduplicated, 'Split', beam.split(['rows', 'suppressed']) as never);
  };
}

register('transforms/deduplicate', { DeduplicateGroup });
