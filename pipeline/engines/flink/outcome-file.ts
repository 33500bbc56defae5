import { packRows, unpackRows } from '../../../transforms/packed-rows.js';

/**
 * A file of an attempt: what one bundle made of one output. The first line tells the length of each share's section in
 * bytes, then the sections follow: the packed rows of the patients that each share owns.
 *
 * Rows are packed as JSON (packed-rows.ts), not as Parquet: each is written once and read once, seconds later, and Parquet
 * costs several times as much for a few hundred rows.
 */
export function encodeOutcome(shares: readonly (readonly object[])[]): Uint8Array {
  const sections = shares.map((rows) => Buffer.from(rows.length === 0 ? '' : packRows(rows)));
  const header = Buffer.from(`${sections.map((section) => section.length).join(' ')}\n`);
  return Buffer.concat([header, ...sections]);
}

/** The rows of one share. */
export function decodeOutcome<T>(bytes: Uint8Array, share: number): T[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const headerEnd = buffer.indexOf(0x0a);
  const lengths = buffer.toString('latin1', 0, headerEnd).split(' ').map(Number);
  const start = lengths.slice(0, share).reduce((sum, length) => sum + length, headerEnd + 1);
  const length = lengths[share] ?? 0;
  return length === 0 ? [] : unpackRows<T>(buffer.toString('utf8', start, start + length));
}
