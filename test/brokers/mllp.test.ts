import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isLoopback, mllpUrl, parseMllpUrl } from '../../brokers/mllp/address.js';
import { FrameReader, type Piece } from '../../brokers/mllp/frame-reader.js';
import { frameOf } from '../../brokers/mllp/framing.js';

const LIMIT = 1000;

/** Reads bytes cut at the given places. */
function read(bytes: Buffer, cuts: readonly number[] = [], limit = LIMIT): Piece[] {
  const reader = new FrameReader(limit);
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  const pieces = [0, ...places].flatMap((from, at) => reader.push(bytes.subarray(from, places[at] ?? bytes.length)));
  return [...pieces, ...reader.end()];
}

const shown = (pieces: readonly Piece[]): string[] =>
  pieces.map(
    ({ kind, content, size }) => `${kind} ${content.toString('latin1')}${size > content.length ? ` of ${size}` : ''}`,
  );

const VT = '\u000b';
const FS = '\u001c';

describe('the blocks of MLLP', () => {
  test.each<[string, string, readonly string[]]>([
    ['a block', `${VT}MSH|a${FS}\r`, ['frame MSH|a']],
    ['blocks in a row', `${VT}a${FS}\r${VT}b${FS}\r`, ['frame a', 'frame b']],
    ['an empty block', `${VT}${FS}\r`, ['frame ']],
    ['line ends and blanks between blocks are nothing', `\r\n ${VT}a${FS}\r\n${VT}b${FS}\r\r`, ['frame a', 'frame b']],
    [
      'bytes before, between and after blocks',
      `x${VT}a${FS}\ry${VT}b${FS}\rz`,
      ['outside x', 'frame a', 'outside y', 'frame b', 'outside z'],
    ],
    ['an end without its CR, and the next block', `${VT}a${FS}${VT}b${FS}\r`, ['frame a', 'frame b']],
    ['an FS in the middle is content', `${VT}a${FS}b${FS}${FS}\r`, [`frame a${FS}b${FS}`]],
    ['a block that begins again', `${VT}MSH|a|${VT}MSH|b${FS}\r`, ['unfinished MSH|a|', 'frame MSH|b']],
    ['a start block twice', `${VT}${VT}MSH|a${FS}\r`, ['frame MSH|a']],
    ['a VT without a header behind it is content', `${VT}MSH|a${VT}b${FS}\r`, [`frame MSH|a${VT}b`]],
    ['a block that never ends is no message', `${VT}MSH|a`, []],
    ['a block without its last CR is no message', `${VT}MSH|a${FS}`, []],
  ])('%s, however the bytes are cut', (_name, text, expected) => {
    const bytes = Buffer.from(text, 'latin1');
    for (let cut = 0; cut <= bytes.length; cut += 1) expect(shown(read(bytes, [cut]))).toEqual(expected);
    expect(shown(read(bytes, [...bytes.keys()]))).toEqual(expected);
  });

  test('what is framed is what is read, whatever the chunks', () => {
    const content = fc
      .uint8Array({ maxLength: 40 })
      .map((bytes) => bytes.filter((byte) => byte !== 0x0b && byte !== 0x1c));
    fc.assert(
      fc.property(fc.array(content, { maxLength: 6 }), fc.array(fc.nat(500), { maxLength: 8 }), (contents, cuts) => {
        const pieces = read(Buffer.concat(contents.map(frameOf)), cuts);
        expect(pieces.map((piece) => piece.kind)).toEqual(contents.map(() => 'frame'));
        expect(pieces.map((piece) => [...piece.content])).toEqual(contents.map((bytes) => [...bytes]));
      }),
      { numRuns: 500 },
    );
  });

  test('of a longer block no more than the limit is held, and its length is known', () => {
    const bytes = Buffer.concat([frameOf(Buffer.alloc(5000, 'x')), frameOf(Buffer.from('next'))]);
    const reader = new FrameReader(LIMIT);
    const pieces: Piece[] = [];
    for (const byte of bytes) {
      pieces.push(...reader.push(Buffer.from([byte])));
      expect(reader.held).toBeLessThanOrEqual(LIMIT);
    }
    expect(shown(pieces)).toEqual([`frame ${'x'.repeat(LIMIT)} of 5000`, 'frame next']);
  });

  test('of endless bytes outside a block no more than 64 KB is held', () => {
    const reader = new FrameReader(16 << 20);
    for (let i = 0; i < 100; i += 1) reader.push(Buffer.alloc(10_000, 'x'));
    expect(reader.held).toBe(64 << 10);
    expect(reader.end()).toMatchObject([{ kind: 'outside', size: 1_000_000 }]);
  });
});

describe('the address of a listener', () => {
  test.each([
    ['mllp://127.0.0.1:2575', '127.0.0.1', 2575],
    ['mllp://localhost', 'localhost', 2575],
    ['mllp://[::1]:0', '::1', 0],
    ['mllp://gateway.ward-3:6661/', 'gateway.ward-3', 6661],
  ])('%s', (url, host, port) => {
    expect(parseMllpUrl('--source', url)).toEqual({ host, port });
  });

  test.each(['mllp:', 'mllp://', 'mllp://host:65536', 'mllp://user@host:1', 'mllp://host:1/path', 'mllp://host:1?x=1'])(
    '%s is none',
    (url) => expect(() => parseMllpUrl('--source', url)).toThrow(/--source: ".*" is no MLLP address/),
  );

  test('it is shown as a URL', () => {
    expect(mllpUrl({ host: '::1', port: 1 })).toBe('mllp://[::1]:1');
    expect(mllpUrl({ host: 'localhost', port: 2 })).toBe('mllp://localhost:2');
  });

  test('only 127.0.0.0/8, ::1 and localhost are this machine', () => {
    expect(['localhost', '127.0.0.1', '127.9.9.9', '::1'].every(isLoopback)).toBe(true);
    expect(['0.0.0.0', '::', '10.0.0.1', '127.0.0.1.example.org', 'localhost.example.org'].some(isLoopback)).toBe(
      false,
    );
  });
});
