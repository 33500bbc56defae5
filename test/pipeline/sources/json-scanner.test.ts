import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isJsonName, JsonScanner } from '../../../pipeline/sources/json-scanner.js';
import { MessageCutter, type Cut } from '../../../pipeline/sources/message-cutter.js';
import { LARGEST_MESSAGE } from '../../../transforms/decode/payload-text.js';

/** What comes out of a file that is read in pieces of a size. */
function split(text: string, size: number): string[] {
  const cutter = new MessageCutter(new JsonScanner(), LARGEST_MESSAGE, 'first part');
  const bytes = Buffer.from(text);
  const cuts: Cut[] = [];
  for (let at = 0; at < bytes.length; at += size) cuts.push(...cutter.push(bytes.subarray(at, at + size)));
  cuts.push(...cutter.end());
  return cuts.map(({ payload }) => payload.toString());
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

  test('an array is a message an element, however it is laid out and read', () => {
    const layout = fc.constantFrom(undefined, 1, 4, '\t');
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue(), { minLength: 1 }),
        layout,
        fc.integer({ min: 1, max: 200 }),
        (list, indent, size) => {
          const messages = split(`${JSON.stringify(list, null, indent)}\n`, size);
          expect(messages.map((message) => JSON.parse(message) as unknown)).toEqual(JSON.parse(JSON.stringify(list)));
        },
      ),
    );
  });

  test.each<[string, string, readonly string[]]>([
    ['an array without elements holds no message', ' []\n', []],
    ['an element that is missing is an empty message', '[1,,2]', ['1', '', '2']],
    ['a comma too many is none', '[1,2,\n]', ['1', '2']],
    ['an array that does not end gives what it has', '[{"a":1},{"b":', ['{"a":1}', '{"b":']],
    ['brackets in text are text', '["]","[,","\\"],"]', ['"]"', '"[,"', '"\\"],"']],
    ['behind an array come lines', '[1]\nx\ny', ['1', 'x', 'y']],
    ['a byte order mark before an array', '\ufeff[1]', ['1']],
    ['a byte order mark before lines stays with the first', '\ufeff{"a":1}\n{"b":2}\n', ['\ufeff{"a":1}', '{"b":2}']],
    ['a blank line between lines is an empty message', '{"a":1}\n\n{"b":2}\n', ['{"a":1}', '', '{"b":2}']],
    ['a broken first line is a line where the next begins an object', '{"a":"x\n{"b":2}\n', ['{"a":"x', '{"b":2}']],
    ['a document whose first line has a member', '{ "a": 1,\n"b": 2 }\n', ['{ "a": 1,\n"b": 2 }\n']],
    ['a document of objects that are not indented', '{"entry":[\n{"a":1}]}', ['{"entry":[\n{"a":1}]}']],
    ['an empty file', '', []],
    ['blank lines are empty messages, as in NDJSON', ' \n\n', [' ', '']],
    ['text that is no JSON is read by lines', 'hello\nworld', ['hello', 'world']],
  ])('%s', (_rule, text, expected) => {
    for (const size of [1, 3, 1000]) expect(split(text, size)).toEqual(expected);
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
