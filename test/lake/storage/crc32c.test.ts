import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { crc32c, crc32cText } from '../../../lake/storage/crc32c.js';

describe('CRC-32C', () => {
  // RFC 3720, B.4.
  test.each([
    [Buffer.from('123456789'), 0xe3069283],
    [Buffer.alloc(32, 0), 0x8a9136aa],
    [Buffer.alloc(32, 0xff), 0x62a8ab43],
    [Buffer.from(Array.from({ length: 32 }, (_, i) => i)), 0x46dd794e],
    [Buffer.alloc(0), 0],
  ])('of %j is as published', (bytes, expected) => {
    expect(crc32c(bytes)).toBe(expected);
  });

  test('of the pieces of a file, one after the other, is that of the file', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(200), (bytes, at) => {
        expect(crc32c(bytes.subarray(at), crc32c(bytes.subarray(0, at)))).toBe(crc32c(bytes));
      }),
    );
  });

  test('is written as the storage API writes it', () => {
    expect(crc32cText(crc32c(Buffer.from('hello world')))).toBe('yZRlqg==');
  });
});
