import { bson, jsCoders, type Coder, type Reader } from './sdk-internals.js';

/** BSON's buffer as shipped: what does not fit is cut off without a word. */
const BSON_BUFFER_BYTES = 17 * 1024 * 1024;

/** Marks bytes in the stream of the default coder, beside its own S, N, O, B, A and Z. */
const BYTES_MARKER = 'U';

/**
 * Repairs what the default coder does to bytes and to large objects. As shipped a Uint8Array comes back as an object of
 * its indices, or inside an object as a `Binary`, and an object beyond 17 MiB is cut off silently.
 */
export function repairObjects(): void {
  const object = jsCoders.BsonObjectCoder.prototype;
  object.encode = (element, writer) => {
    writer.bytes(serialize(element as object));
  };
  object.decode = (reader) => bson.deserialize(reader.bytes(), { promoteBuffers: true });

  const general = jsCoders.GeneralObjectCoder.prototype;
  const { encode, decode } = general;
  general.encode = function encodeAny(element, writer, context) {
    if (element instanceof Uint8Array) writer.string(BYTES_MARKER).bytes(element);
    else encode.call(this, element, writer, context);
  };
  general.decode = function decodeAny(this: Coder, reader: Reader, context: unknown) {
    const start = reader.pos;
    if (reader.string() === BYTES_MARKER) return reader.bytes();
    reader.pos = start;
    return decode.call(this, reader, context);
  };
}

function serialize(element: object): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = bson.serialize(element);
    if (bytes.length <= BSON_BUFFER_BYTES) return bytes;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return bson.serialize(element, { minInternalBufferSize: bson.calculateObjectSize(element) });
}
