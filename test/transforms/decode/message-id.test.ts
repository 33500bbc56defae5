import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { scanMessageId } from '../../../transforms/decode/message-id.js';
import { jsonWith, jsonWithText } from './messages.js';

const scan = (text: string): string | null => scanMessageId(Buffer.from(text));

describe('scanMessageId', () => {
  test.each([
    ['a plain id', jsonWith({ message_id: 'M-1' }), 'M-1'],
    ['an id behind blanks', jsonWithText('message_id', ' \t"M-2" '), 'M-2'],
    ['an id with an escape', jsonWithText('message_id', '"M\\u002d3"'), 'M-3'],
    ['an escaped name', '{"message\\u005fid":"M-4"}', 'M-4'],
    ['an id beside a nested one', '{"meta":{"message_id":"no"},"message_id":"M-5"}', 'M-5'],
    ['only a nested id', '{"meta":{"message_id":"no"}}', null],
    ['a value that reads like the name', '{"ward":"message_id","bed":"x"}', null],
    ['a text that holds the name', '{"ward":"\\"message_id\\":\\"no\\"","message_id":"M-6"}', 'M-6'],
    ['a numeric id', jsonWithText('message_id', '4711'), '4711'],
    ['a numeric id above 2^53', jsonWithText('message_id', '9007199254740993'), null],
    ['an id that is not ASCII', jsonWith({ message_id: 'Über-1' }), 'Über-1'],
    ['an empty id', jsonWith({ message_id: '' }), null],
    ['an id of null', jsonWith({ message_id: null }), null],
    ['an id of 300 characters', jsonWith({ message_id: 'x'.repeat(300) }), null],
    ['half of a surrogate pair', jsonWithText('message_id', '"\\ud800"'), null],
    ['no id', jsonWith({ message_id: undefined }), null],
    ['a byte order mark before the object', `\ufeff${jsonWith({ message_id: 'M-7' })}`, 'M-7'],
    ['no JSON', 'P000123,2026-11-21T07:20:50Z,78', null],
    ['an array', '[{"message_id":"no"}]', null],
    ['nothing', '', null],
    ['the last of two ids, as JSON.parse does', '{"message_id":"no","message_id":"M-8"}', 'M-8'],
  ])('%s', (_name, text, expected) => {
    expect(scan(text)).toBe(expected);
    expect(scanMessageId(Buffer.from(text), text.replace(/^\ufeff/, ''))).toBe(expected);
  });

  test('it agrees with a parser on every object', () => {
    const objects = fc.dictionary(
      fc.oneof(fc.constantFrom('message_id', 'message_id"', 'ward'), fc.string()),
      fc.oneof(fc.string(), fc.constantFrom('message_id', ':', '{'), fc.integer(), fc.object({ maxDepth: 1 })),
    );
    fc.assert(
      fc.property(objects, fc.constantFrom(undefined, 1), (object, indent) => {
        const text = JSON.stringify(object, null, indent);
        const id = (JSON.parse(text) as { message_id?: unknown }).message_id;
        const expected = typeof id === 'number' ? String(id) : typeof id === 'string' && id !== '' ? id : null;
        expect(scan(text)).toBe(expected);
      }),
      { numRuns: 1000 },
    );
  });
});
