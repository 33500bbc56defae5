import type { SourceMessage } from '../../sources/source.js';

/**
 * Reads a serialised google.pubsub.v1.PubsubMessage: data 1, attributes 2, message_id 3, publish_time 4. Fields that are
 * not known are passed over. Bytes that are no such message become a payload as they are: decode refuses it with a
 * reason, and nothing is lost.
 */
export function decodePubsubMessage(bytes: Uint8Array): SourceMessage {
  try {
    return readMessage(bytes);
  } catch (error) {
    if (!(error instanceof TruncatedError)) throw error;
    return { payload: bytes, attributes: null, dialect: null, message_id: null, publish_time: null };
  }
}

function readMessage(bytes: Uint8Array): SourceMessage {
  const reader = new FieldReader(bytes);
  let payload: Uint8Array = EMPTY;
  let message_id: string | null = null;
  let publish_time: number | null = null;
  const attributes: [string, string][] = [];
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) payload = reader.bytes();
    else if (field === 2) attributes.push(readEntry(reader.bytes()));
    else if (field === 3) message_id = text(reader.bytes());
    else if (field === 4) publish_time = readTimestamp(reader.bytes());
    else reader.skip();
  }
  const dialect = attributes.find(([name]) => name === 'dialect')?.[1] || null;
  return { payload, attributes: attributesText(attributes), dialect, message_id, publish_time };
}

/**
 * A JSON object with sorted names, so that the same attributes are the same text; built by hand, because an object would
 * put names that look like numbers first.
 */
function attributesText(entries: [string, string][]): string | null {
  if (entries.length === 0) return null;
  const members = entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  return `{${members.join(',')}}`;
}

function readEntry(bytes: Uint8Array): [string, string] {
  const reader = new FieldReader(bytes);
  const entry: [string, string] = ['', ''];
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1 || field === 2) entry[field - 1] = text(reader.bytes());
    else reader.skip();
  }
  return entry;
}

/** google.protobuf.Timestamp as epoch milliseconds. */
function readTimestamp(bytes: Uint8Array): number {
  const reader = new FieldReader(bytes);
  let millis = 0;
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) millis += reader.number() * 1_000;
    else if (field === 2) millis += Math.trunc(reader.number() / 1_000_000);
    else reader.skip();
  }
  return millis;
}

const EMPTY = new Uint8Array();

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

/** The bytes end, or mean something else, where a field should be. */
class TruncatedError extends Error {}

const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED32 = 5;

/** Reads fields of the protocol buffer wire format; no copies. */
class FieldReader {
  #at = 0;
  #type = VARINT;

  constructor(private readonly buffer: Uint8Array) {}

  /** The next field's number, 0 at the end. Its value must be read or skipped. */
  next(): number {
    if (this.#at === this.buffer.length) return 0;
    const tag = this.varint();
    this.#type = tag & 7;
    const field = tag >>> 3;
    if (field === 0) throw new TruncatedError();
    return field;
  }

  bytes(): Uint8Array {
    if (this.#type !== LENGTH_DELIMITED) throw new TruncatedError();
    return this.#take(this.varint());
  }

  number(): number {
    if (this.#type !== VARINT) throw new TruncatedError();
    return this.varint();
  }

  /** Exact to 2^53; times and lengths are less. */
  private varint(): number {
    let value = 0;
    for (let scale = 1; scale <= 2 ** 63; scale *= 128) {
      const byte = this.buffer[this.#at];
      if (byte === undefined) throw new TruncatedError();
      this.#at += 1;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
    throw new TruncatedError();
  }

  skip(): void {
    if (this.#type === VARINT) this.varint();
    else if (this.#type === LENGTH_DELIMITED) this.bytes();
    else if (this.#type === FIXED64) this.#take(8);
    else if (this.#type === FIXED32) this.#take(4);
    else throw new TruncatedError();
  }

  #take(length: number): Uint8Array {
    const end = this.#at + length;
    if (end > this.buffer.length) throw new TruncatedError();
    const taken = this.buffer.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }
}
