import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LineSplitter, splitLines } from '../../../pipeline/sources/line-splitter.js';

function linesOf(text: string, atEnd = true): { lines: string[]; rest: string } {
  const buffer = Buffer.from(text);
  const { bounds, rest } = splitLines(buffer, atEnd);
  const lines: string[] = [];
  for (let at = 0; at < bounds.length; at += 2) lines.push(buffer.toString('utf8', bounds[at], bounds[at + 1]));
  return { lines, rest: buffer.toString('utf8', rest) };
}

/** What lines are, said another way. */
function expectedLines(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => line.replace(/\r$/, ''));
}

describe('splitLines', () => {
  test.each([
    ['', []],
    ['a', ['a']],
    ['a\n', ['a']],
    ['a\nb', ['a', 'b']],
    ['a\r\nb\r\n', ['a', 'b']],
    ['a\n\nb\n', ['a', '', 'b']],
    ['a\n\n', ['a', '']],
    ['\n', ['']],
    ['\r\n', ['']],
    ['a\r', ['a']],
    ['a\rb\n', ['a\rb']],
    ['é\n', ['é']],
  ])('%j has these lines', (text, lines) => {
    expect(linesOf(text)).toEqual({ lines, rest: '' });
  });

  test('without the end of the input an unfinished line is left over', () => {
    expect(linesOf('a\nb', false)).toEqual({ lines: ['a'], rest: 'b' });
    expect(linesOf('a\n', false)).toEqual({ lines: ['a'], rest: '' });
    expect(linesOf('a\r', false)).toEqual({ lines: [], rest: 'a\r' });
  });
});

describe('LineSplitter', () => {
  const split = (chunks: readonly string[], longest: number): string[] => {
    const splitter = new LineSplitter(longest);
    const lines = chunks.flatMap((chunk) => splitter.push(Buffer.from(chunk)));
    return [...lines, ...splitter.end()].map(String);
  };
  const texts = fc.string({ unit: fc.constantFrom('a', 'b', '\r', '\n'), maxLength: 40 });

  test('however the input is cut into chunks, the lines are the same', () => {
    fc.assert(
      fc.property(texts, fc.array(fc.nat(6), { maxLength: 20 }), (text, cuts) => {
        const chunks: string[] = [];
        let from = 0;
        for (const cut of cuts) chunks.push(text.slice(from, (from += cut)));
        chunks.push(text.slice(from));
        expect(split(chunks, 100)).toEqual(expectedLines(text));
      }),
      { numRuns: 1000 },
    );
  });

  test('of a line that is too long one byte more than allowed comes through, however it arrives', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 9 }), (text, longest, size) => {
        const chunks = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
        const lines = split(chunks, longest);
        const expected = expectedLines(text);
        expect(lines).toHaveLength(expected.length);
        expected.forEach((line, at) => {
          if (line.length <= longest) expect(lines[at]).toBe(line);
          else expect(lines[at]).toHaveLength(longest + 1);
        });
      }),
      { numRuns: 1000 },
    );
  });

  test('a line without end is not kept in memory', () => {
    const splitter = new LineSplitter(1000);
    const chunk = Buffer.alloc(1 << 20, 'x');
    const before = process.memoryUsage().arrayBuffers;
    for (let at = 0; at < 200; at++) expect(splitter.push(chunk)).toEqual([]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50 << 20);
    expect(splitter.end()[0]).toHaveLength(1001);
  });
});
