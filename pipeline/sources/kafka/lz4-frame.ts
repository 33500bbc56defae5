/*
 * The LZ4 frame format as Kafka's clients write it: https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md. Frames with
 * linked blocks are read too; dictionaries are not, and checksums are not checked.
 */

const MAGIC = 0x184d2204;
const HAS_BLOCK_CHECKSUM = 0x10;
const HAS_CONTENT_SIZE = 0x08;
const HAS_DICTIONARY = 0x01;
/** Set in a block's length when its bytes are stored as they are. */
const STORED = 0x80000000;
const SHORTEST_MATCH = 4;

/** Unpacks one frame. @throws Error when it is none, or is cut off */
export function decompressLz4Frame(frame: Buffer): Buffer {
  if (frame.length < 7 || frame.readUInt32LE(0) !== MAGIC) throw new Error('lz4: not a frame');
  const flags = frame[4]!;
  if (flags & HAS_DICTIONARY) throw new Error('lz4: frames with a dictionary are not read');
  let at = 7 + (flags & HAS_CONTENT_SIZE ? 8 : 0);
  let output: Buffer = Buffer.allocUnsafe(Math.max(4096, frame.length * 4));
  let length = 0;
  for (;;) {
    if (at + 4 > frame.length) throw new Error('lz4: the frame has no end');
    const header = frame.readUInt32LE(at);
    at += 4;
    if (header === 0) return output.subarray(0, length);
    const size = header % STORED;
    const block = frame.subarray(at, at + size);
    if (block.length < size) throw new Error('lz4: the frame is cut off');
    output = withRoom(output, length, header >= STORED ? size : unpackedSize(block));
    length = header >= STORED ? length + block.copy(output, length) : unpack(block, output, length);
    at += size + (flags & HAS_BLOCK_CHECKSUM ? 4 : 0);
  }
}

function withRoom(output: Buffer, length: number, more: number): Buffer {
  if (length + more <= output.length) return output;
  const larger = Buffer.allocUnsafe(Math.max(output.length * 2, length + more));
  output.copy(larger, 0, 0, length);
  return larger;
}

/** Bytes that a block unpacks to: its sequences are walked, nothing is written. */
function unpackedSize(block: Buffer): number {
  return walk(block, (_from, literals, _offset, match) => literals + match);
}

/** Unpacks a block behind what is there already; the new length. */
function unpack(block: Buffer, output: Buffer, start: number): number {
  let to = start;
  walk(block, (from, literals, offset, match) => {
    block.copy(output, to, from, from + literals);
    to += literals;
    if (match > 0 && (offset === 0 || offset > to)) throw new Error('lz4: a match lies before the beginning');
    if (offset >= match) output.copy(output, to, to - offset, to - offset + match);
    // What overlaps repeats itself.
    else for (let i = 0; i < match; i += 1) output[to + i] = output[to + i - offset]!;
    to += match;
    return 0;
  });
  return to;
}

/** Shows each sequence of a block (where its literals are, how many; how far back its match is, how long); the sum of answers. */
function walk(block: Buffer, visit: (from: number, literals: number, offset: number, match: number) => number): number {
  let sum = 0;
  let at = 0;
  const more = (nibble: number) => {
    if (nibble < 15) return nibble;
    let length = nibble;
    let byte;
    do length += byte = block[at++] ?? 0;
    while (byte === 255);
    return length;
  };
  while (at < block.length) {
    const token = block[at++]!;
    const literals = more(token >> 4);
    const from = at;
    at += literals;
    if (at > block.length) throw new Error('lz4: a block is cut off');
    // The last sequence has literals only.
    if (at === block.length) return sum + visit(from, literals, 0, 0);
    const offset = block.readUInt16LE(at);
    at += 2;
    sum += visit(from, literals, offset, SHORTEST_MATCH + more(token & 15));
  }
  return sum;
}
