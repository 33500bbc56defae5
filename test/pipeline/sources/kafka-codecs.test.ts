import kafkajs from 'kafkajs';
import { describe, expect, test } from '@jest/globals';
import { registerCodecs } from '../../../pipeline/sources/kafka/codecs.js';
import { decompressLz4Frame } from '../../../pipeline/sources/kafka/lz4-frame.js';

const HEADER = [0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82];
const END = [0, 0, 0, 0];
/** Literals "ab", six more bytes from two back (they overlap), then the literals "xyz". */
const BLOCK = [0x22, 0x61, 0x62, 2, 0, 0x30, 0x78, 0x79, 0x7a];

describe('an LZ4 frame', () => {
  test('gives its blocks one after the other: packed ones, with matches that overlap, and stored ones', () => {
    const stored = [3, 0, 0, 0x80, 0x6a, 0x6b, 0x6c];
    const frame = Buffer.from([...HEADER, BLOCK.length, 0, 0, 0, ...BLOCK, ...stored, ...END]);
    expect(decompressLz4Frame(frame).toString()).toBe('ababababxyzjkl');
  });

  test('may have lengths beyond a nibble', () => {
    const literals = Array.from({ length: 300 }, (_, i) => 97 + (i % 26));
    const block = [0xf0, 255, 30, ...literals];
    const frame = Buffer.from([...HEADER, block.length % 256, block.length >> 8, 0, 0, ...block, ...END]);
    expect(decompressLz4Frame(frame)).toEqual(Buffer.from(literals));
  });

  test.each([
    ['what is no frame', [1, 2, 3, 4, 5, 6, 7, 8]],
    ['a frame that is cut off in a block', [...HEADER, 99, 0, 0, 0, ...BLOCK]],
    ['a frame without an end', [...HEADER, BLOCK.length, 0, 0, 0, ...BLOCK]],
    ['a match from before the beginning', [...HEADER, 4, 0, 0, 0, 0x10, 0x61, 9, 0, ...END]],
  ])('%s is an error', (_case, bytes) => {
    expect(() => decompressLz4Frame(Buffer.from(bytes))).toThrow(Error);
  });
});

describe('snappy', () => {
  registerCodecs();
  const { CompressionCodecs, CompressionTypes } = kafkajs;
  const codec = (CompressionCodecs as { [type: number]: () => { decompress(bytes: Buffer): Promise<Buffer> } })[
    CompressionTypes.Snappy
  ]!();
  const hello = [5, 4 << 2, ...Buffer.from('hello')];

  test('is read as one bare block, as clients in C write it', async () => {
    expect(String(await codec.decompress(Buffer.from(hello)))).toBe('hello');
  });

  test('is read in the blocks of the Java client', async () => {
    const magic = [0x82, ...Buffer.from('SNAPPY'), 0, 0, 0, 0, 1, 0, 0, 0, 1];
    const block = [0, 0, 0, hello.length, ...hello];
    expect(String(await codec.decompress(Buffer.from([...magic, ...block, ...block])))).toBe('hellohello');
  });
});
