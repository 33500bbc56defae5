import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { deduplicate } from '../../transforms/deduplicate.js';
import { anIdentifiedReading } from './a-reading.js';

function version(reading_id: string, content_hash: string, offset = 0, batch = 1, item = 0) {
  return anIdentifiedReading({ reading_id, content_hash, offset, batch, item });
}

describe('deduplicate', () => {
  test('keeps one of a reading that came twice, and names the other with what stays in its place', () => {
    const [kept, repeat] = [version('a', '1', 0), version('a', '1', 1)];
    const expected = {
      rows: [kept],
      suppressed: [
        {
          batch: 1,
          offset: 1,
          item: 0,
          source_message_id: repeat.source_message_id,
          kept_batch: 1,
          kept_offset: 0,
          kept_message_id: kept.source_message_id,
        },
      ],
    };
    expect(deduplicate([kept, repeat])).toEqual(expected);
    expect(deduplicate([repeat, kept])).toEqual(expected);
  });

  test('keeps every version of a reading, and one of each', () => {
    const versions = [version('a', '1'), version('a', '2'), version('a', '3'), version('a', '2'), version('a', '3')];
    expect(deduplicate(versions)).toMatchObject({ rows: versions.slice(0, 3), suppressed: [{}, {}] });
  });

  test('the same content of two readings is two rows', () => {
    expect(deduplicate([version('a', '1'), version('b', '1')])).toMatchObject({ suppressed: [] });
  });

  test.each([
    ['batch', version('a', '1', 0, 1), version('a', '1', 0, 2)],
    ['offset', version('a', '1', 3, 1), version('a', '1', 4, 1)],
    ['item', version('a', '1', 3, 1, 0), version('a', '1', 3, 1, 1)],
    ['batch before offset', version('a', '1', 9, 1), version('a', '1', 0, 2)],
  ])('keeps the one with the least %s, whichever comes first', (_by, least, other) => {
    expect(deduplicate([least, other]).rows).toEqual([least]);
    expect(deduplicate([other, least]).rows).toEqual([least]);
  });

  test('an empty group gives an empty one', () => {
    expect(deduplicate([])).toEqual({ rows: [], suppressed: [] });
  });

  test('the set that stays does not depend on the order, and rows plus suppressed is what came', () => {
    const arbitrary = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('1', '2', '3'));
    const shuffled = fc
      .array(arbitrary, { maxLength: 30 })
      .map((keys) => keys.map(([id, hash], offset) => version(id, hash, offset)))
      .chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })));
    fc.assert(
      fc.property(shuffled, ([rows, other]) => {
        const one = deduplicate(rows);
        const two = deduplicate(other);
        expect(one.rows.length + one.suppressed.length).toBe(rows.length);
        expect(new Set(two.rows)).toEqual(new Set(one.rows));
        expect(one.rows.length).toBe(new Set(rows.map((row) => row.reading_id + row.content_hash)).size);
      }),
    );
  });
});
