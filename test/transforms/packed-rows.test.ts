import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { packRows, unpackRows } from '../../transforms/packed-rows.js';

describe('packed rows', () => {
  test('come out as they went in, keys in their order', () => {
    const row = fc.record({
      'a "quoted" name': fc.string({ unit: 'binary' }),
      z: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0)),
      b: fc.option(fc.boolean()),
      nested: fc.option(fc.array(fc.integer())),
    });
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const unpacked = unpackRows<Record<string, unknown>>(packRows(rows));
        expect(unpacked).toEqual(rows);
        expect(Object.keys(unpacked[0] ?? {})).toEqual(Object.keys(rows[0] ?? {}));
      }),
    );
  });
});
