import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Hl7Scanner, isHl7Name } from '../../../pipeline/sources/hl7-scanner.js';
import { MessageCutter, type Cut } from '../../../pipeline/sources/message-cutter.js';
import { LARGEST_MESSAGE } from '../../../transforms/decode/payload-text.js';

/** The messages of a file that comes in pieces of `size` bytes. */
function split(text: string, size = Infinity): string[] {
  const bytes = Buffer.from(text, 'latin1');
  const cutter = new MessageCutter(new Hl7Scanner(), LARGEST_MESSAGE, 'first part');
  const cuts: Cut[] = [];
  for (let at = 0; at < bytes.length; at += size) cuts.push(...cutter.push(bytes.subarray(at, at + size)));
  cuts.push(...cutter.end());
  return cuts.map(({ payload }) => payload.toString('latin1'));
}

const ONE = 'MSH|^~\\&|A\rPID|||1\r';
const TWO = 'MSH|^~\\&|B\r\nPID|||2\r\n';
const FRAMED = '\u000bMSH|^~\\&|C\rPID|||3\r\u001c\r';

describe('a file of HL7 v2 messages', () => {
  test.each([
    ['one message', [ONE]],
    ['several messages, whatever their line ends', [ONE, TWO, ONE]],
    ['frames of MLLP', [FRAMED, FRAMED]],
    [
      'a batch: the envelope stays with the first and the last message',
      [`FHS|^~\\&\rBHS|^~\\&\r${ONE}`, `${TWO}BTS|2\r`],
    ],
    ['a byte order mark', [`\u00ef\u00bb\u00bf${ONE}`, TWO]],
    ['MSH in a field, which begins no line', [`${ONE}NTE|1||MSH|x\rZZZ|MSH|\r`, TWO]],
    ['no message at all', ['hello\r']],
  ])('%s', (_name, messages) => {
    expect(split(messages.join(''))).toEqual(messages);
  });

  test('an empty file, or one of blanks, holds no message', () => {
    expect(split('')).toEqual([]);
    expect(split(' \r\n')).toEqual([]);
  });

  test('it does not matter how the file comes in pieces', () => {
    const parts = fc.array(fc.constantFrom(ONE, TWO, FRAMED, 'MSH', '\r', '\n', 'BHS|\r', '|'), { maxLength: 8 });
    fc.assert(
      fc.property(parts, fc.integer({ min: 1, max: 9 }), (pieces, size) => {
        const text = pieces.join('');
        expect(split(text, size)).toEqual(split(text));
      }),
      { numRuns: 1000 },
    );
  });

  test('of a message that is too long only what is needed to refuse it comes through, and the next one is whole', () => {
    const [first, second] = split(`${ONE}${'x'.repeat(3 * LARGEST_MESSAGE)}\r${TWO}`, 10_000);
    expect(first?.length).toBe(LARGEST_MESSAGE + 1);
    expect(second).toBe(TWO);
  });

  test('the name of a file tells', () => {
    expect(['a.hl7', 'A.HL7.gz', 'a.csv', 'hl7'].map(isHl7Name)).toEqual([true, true, false, false]);
  });
});
