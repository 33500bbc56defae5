import { register, type PCollection } from '../beam/index.js';
import { apply, parDo, type Block, type Transform } from './block.js';
import { compareVersions, type Version } from './version-order.js';

type VersionOfReading = Version & { readonly reading_id: string };

/**
 * Keeps the current version of each reading of a group, in the order of the readings.
 *
 * Stands between silver, which gets every version, and everything that aggregates or alerts. A group holds all versions
 * that its bundle has of a reading, because versions share the event time; versions of other batches are held against
 * each other by the commit.
 *
 * Rejects nothing. Delivery: pure; the answer does not depend on the order of the versions.
 */
export function current<T extends VersionOfReading>(rows: Block<T>): Block<T> {
  const places = new Map<string, number>();
  const winners: T[] = [];
  for (const row of rows) {
    const place = places.get(row.reading_id);
    if (place === undefined) {
      places.set(row.reading_id, winners.length);
      winners.push(row);
    } else if (compareVersions(row, winners[place] as T) > 0) {
      winners[place] = row;
    }
  }
  return winners;
}

/** Keeps the current versions of a block. */
export class KeepCurrent<T extends VersionOfReading> {
  *process(block: Block<T>): Generator<Block<T>> {
    yield current(block);
  }
}

/** {@link current} over the blocks that deduplicate has brought together. */
export function currentBlocks<T extends VersionOfReading>(): Transform<Block<T>, PCollection<Block<T>>> {
  return (input) => apply(input, 'Rows', parDo(new KeepCurrent<T>()));
}

register('transforms/current', { KeepCurrent });
