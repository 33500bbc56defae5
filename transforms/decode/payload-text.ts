import { isUtf8 } from 'node:buffer';
import type { Reason } from '../reject.js';

/** Largest message, 256 KB: a reading is a few hundred bytes, a large FHIR bundle a few thousand (row 7). */
export const LARGEST_MESSAGE = 256 * 1024;

/** The text of a payload, or why there is none. */
export interface PayloadText {
  readonly text: string;
  /** A byte order mark was removed. */
  readonly bom: boolean;
  readonly reason: Reason | null;
  readonly detail: string;
}

/** First bytes of compressed data: gzip, zstd, zip, xz, zlib. */
const COMPRESSED = ['1f8b', '28b52ffd', '504b0304', 'fd377a585a00', '789c', '78da', '7801'].map((hex) =>
  Buffer.from(hex, 'hex'),
);

const MAGIC_STARTS: ReadonlySet<number> = new Set(COMPRESSED.map((magic) => magic[0] ?? 0));

/** The payload as a Buffer over the same bytes. */
export function asBuffer(payload: Uint8Array): Buffer {
  return Buffer.isBuffer(payload) ? payload : Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
}

/**
 * Turns bytes into text (rows 1, 3-5, 7, 8 and 17 of the bad-input table). Nothing is decompressed: what is small here
 * may be huge inside.
 *
 * Rejects: EMPTY, ENCODING (UTF-16, invalid UTF-8), SIZE, COMPRESSED, CONTROL (a raw NUL).
 */
export function readText(payload: Uint8Array): PayloadText {
  const bytes = asBuffer(payload);
  if (bytes.length > LARGEST_MESSAGE) return refused('SIZE', 'longer than 256 KB');
  if (isUtf16(bytes)) return refused('ENCODING', 'UTF-16 or UTF-32, not UTF-8');
  const first = bytes[0] ?? 0;
  if (MAGIC_STARTS.has(first) && COMPRESSED.some((magic) => startsWith(bytes, magic))) {
    return refused('COMPRESSED', 'compressed data');
  }
  if (!isUtf8(bytes)) return refused('ENCODING', 'not valid UTF-8');
  if (bytes.includes(0)) return refused('CONTROL', 'a NUL character');
  const bom = first === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const text = bytes.toString('utf8', bom ? 3 : 0);
  return text.trim() === '' ? refused('EMPTY', 'nothing but blanks') : { text, bom, reason: null, detail: '' };
}

/** A byte order mark, or a NUL among the first two bytes: where ASCII text begins, UTF-8 has none. */
function isUtf16(payload: Buffer): boolean {
  const [first, second] = payload;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  return payload.length > 1 && first !== second && (first === 0 || second === 0);
}

function startsWith(payload: Buffer, prefix: Buffer): boolean {
  return payload.length >= prefix.length && payload.compare(prefix, 0, prefix.length, 0, prefix.length) === 0;
}

function refused(reason: Reason, detail: string): PayloadText {
  return { text: '', bom: false, reason, detail };
}
