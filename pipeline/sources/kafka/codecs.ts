import { decompressSnappy, decompressZstd } from 'hyparquet-compressors';
import kafkajs from 'kafkajs';
import { decompressLz4Frame } from './lz4-frame.js';

/** How snappy-java, which Kafka's Java client packs with, begins: then blocks, each behind its length. */
const XERIAL_MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const XERIAL_HEADER_BYTES = 16;

/**
 * Teaches kafkajs, which knows gzip alone, to read the other three codecs of Kafka: snappy, lz4 and zstd. Reading only; nothing
 * here writes them.
 */
export function registerCodecs(): void {
  const { CompressionCodecs, CompressionTypes } = kafkajs;
  const reader = (decompress: (packed: Buffer) => Uint8Array) => () => ({
    compress: () => Promise.reject(new Error('kafka: this codec is only read')),
    decompress: async (packed: Buffer) => {
      const bytes = decompress(packed);
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    },
  });
  const codecs = CompressionCodecs as { [type: number]: unknown };
  codecs[CompressionTypes.Snappy] = reader(decompressSnappyStream);
  codecs[CompressionTypes.LZ4] = reader(decompressLz4Frame);
  codecs[CompressionTypes.ZSTD] = reader((packed) => decompressZstd(packed));
}

function decompressSnappyStream(packed: Buffer): Uint8Array {
  if (!packed.subarray(0, XERIAL_MAGIC.length).equals(XERIAL_MAGIC)) return decompressSnappyBlock(packed);
  const blocks: Uint8Array[] = [];
  for (let at = XERIAL_HEADER_BYTES; at < packed.length;) {
    const start = at + 4;
    at = start + packed.readUInt32BE(at);
    blocks.push(decompressSnappyBlock(packed.subarray(start, at)));
  }
  return Buffer.concat(blocks);
}

function decompressSnappyBlock(block: Buffer): Uint8Array {
  return decompressSnappy(block, unpackedLength(block));
}

/** A block begins with the length that it unpacks to, seven bits a byte, the lowest first. */
function unpackedLength(block: Buffer): number {
  let length = 0;
  for (let i = 0, scale = 1; i < block.length; i += 1, scale *= 128) {
    const byte = block[i]!;
    length += (byte & 127) * scale;
    if (byte < 128) break;
  }
  return length;
}
