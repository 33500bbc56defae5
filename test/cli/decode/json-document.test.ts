import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isJsonName, JsonSplitter } from '../../../cli/decode/json-document.js';

/** What comes out of a file that is read in pieces of a size. */
function split(text: string, size: number): string[] {
  const splitter = new JsonSplitter();
  const bytes = Buffer.from(text);
  const messages: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) messages.push(...splitter.push(bytes.subarray(at, at + size)));
  return [...messages, ...splitter.end()].map((message) => message.toString());
}

describe('cutting a .json file into messages', () => {
  const objects = fc.dictionary(fc.string({ minLength: 1 }), fc.string(), { minKeys: 1 });

  test('a document over several lines is one message, however it is read', () => {
    fc.assert(
      fc.property(objects, fc.integer({ min: 1, max: 200 }), (object, size) => {
        const text = JSON.stringify(object, null, 2);
        expect(split(text, size)).toEqual([text]);
      }),
    );
  });

  test('a document a line is a message a line', () => {
    fc.assert(
      fc.property(fc.array(objects, { minLength: 1 }), fc.integer({ min: 1, max: 200 }), (list, size) => {
        const lines = list.map((object) => JSON.stringify(object));
        expect(split(`${lines.join('\n')}\n`, size)).toEqual(lines);
      }),
    );
  });

  test('of a document above 256 KB no more is kept than refuses it', () => {
    const [message] = split(`{\n"x":"${'y'.repeat(600_000)}"}`, 100_000);
    expect(message).toHaveLength(256 * 1024 + 1);
  });

  test.each([
    ['a.json', true],
    ['a.JSON.gz', true],
    ['a.ndjson', false],
  ])('the name %s: %s', (name, expected) => {
    expect(isJsonName(name)).toBe(expected);
  });
});
