/** The Castagnoli polynomial, bits reversed (RFC 3720, appendix B.4). */
const POLYNOMIAL = 0x82f63b78;

/** Four tables, so that four bytes are taken at once. */
const TABLES = tables();

/**
 * CRC-32C of bytes, as Google Cloud Storage keeps it with every object.
 *
 * @param previous the checksum of the bytes before these, so that a file can be read in pieces
 * Cost: about 1 ms a megabyte.
 */
export function crc32c(bytes: Uint8Array, previous = 0): number {
  const [one, two, three, four] = TABLES;
  let crc = ~previous;
  let i = 0;
  for (const end = bytes.length - 3; i < end; i += 4) {
    crc ^= bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
    crc = four[crc & 0xff]! ^ three[(crc >>> 8) & 0xff]! ^ two[(crc >>> 16) & 0xff]! ^ one[crc >>> 24]!;
  }
  for (; i < bytes.length; i++) crc = one[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** A checksum as the storage API writes it: base64 of four bytes, the greatest first. */
export function crc32cText(crc: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc);
  return bytes.toString('base64');
}

function tables(): readonly [Int32Array, Int32Array, Int32Array, Int32Array] {
  const one = Int32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    return crc;
  });
  const next = (table: Int32Array) => table.map((crc) => one[crc & 0xff]! ^ (crc >>> 8));
  const two = next(one);
  const three = next(two);
  return [one, two, three, next(three)];
}
