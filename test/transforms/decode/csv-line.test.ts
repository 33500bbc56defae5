import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { splitCsvLine } from '../../../transforms/decode/csv-line.js';

describe('splitCsvLine', () => {
  test.each([
    ['a,b,c', ['a', 'b', 'c']],
    ['', ['']],
    ['a,', ['a', '']],
    [',', ['', '']],
    [' a , b ', ['a', 'b']],
    ['"a,b",c', ['a,b', 'c']],
    ['"say ""hi""",c', ['say "hi"', 'c']],
    ['""', ['']],
    ['"",""', ['', '']],
    ['""""', ['"']],
    ['" a "', [' a ']],
    ['"a" , "b"', ['a', 'b']],
    ['"a",', ['a', '']],
  ])('%j has these cells', (line, cells) => {
    expect(splitCsvLine(line)).toEqual(cells);
  });

  test.each(['"a', '"a"b', 'a"b', '"a" b,c', '"""', 'a,"b'])('%j is broken quoting', (line) => {
    expect(splitCsvLine(line)).toBeNull();
  });

  test('what is quoted comes back, whatever it holds', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (cells) => {
        const line = cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
        expect(splitCsvLine(line)).toEqual(cells);
      }),
    );
  });
});
