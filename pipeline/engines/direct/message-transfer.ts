import type { Message } from '../../../transforms/reading.js';

/** Messages in a form that crosses to a worker thread cheaply: payloads in one transferred buffer. */
export interface PackedMessages {
  readonly batch: number;
  readonly source: string;
  readonly payloads: Uint8Array<ArrayBuffer>;
  /** End of each payload in `payloads`. */
  readonly ends: Uint32Array<ArrayBuffer>;
  readonly offsets: Int32Array<ArrayBuffer>;
  readonly receiveTimes: Float64Array<ArrayBuffer>;
  /** NaN for none. */
  readonly publishTimes: Float64Array<ArrayBuffer>;
  readonly ids: readonly string[];
  readonly dialects: readonly (string | null)[];
  readonly attributes: readonly (string | null)[];
  /** Items to run, by the place of their message; messages that are run whole, nearly all, have none. */
  readonly items: ReadonlyMap<number, readonly number[]>;
}

/** Packs messages of one batch and one source. */
export function packMessages(messages: readonly Message[]): PackedMessages {
  const count = messages.length;
  const payloads = new Uint8Array(messages.reduce((sum, message) => sum + message.payload.length, 0));
  const packed = {
    batch: messages[0]?.batch ?? 0,
    source: messages[0]?.source ?? '',
    payloads,
    ends: new Uint32Array(count),
    offsets: new Int32Array(count),
    receiveTimes: new Float64Array(count),
    publishTimes: new Float64Array(count),
    ids: messages.map((message) => message.message_id),
    dialects: messages.map((message) => message.dialect),
    attributes: messages.map((message) => message.attributes),
    items: new Map<number, readonly number[]>(),
  };
  let end = 0;
  messages.forEach((message, i) => {
    payloads.set(message.payload, end);
    end += message.payload.length;
    packed.ends[i] = end;
    packed.offsets[i] = message.offset;
    packed.receiveTimes[i] = message.receive_time;
    packed.publishTimes[i] = message.publish_time ?? NaN;
    if (message.items !== undefined) packed.items.set(i, message.items);
  });
  return packed;
}

/** The buffers that move rather than being copied. */
export function transferablesOf(packed: PackedMessages): ArrayBuffer[] {
  const { payloads, ends, offsets, receiveTimes, publishTimes } = packed;
  return [payloads, ends, offsets, receiveTimes, publishTimes].map((array) => array.buffer);
}

/** The inverse of {@link packMessages}; payloads are views into the one buffer. */
export function unpackMessages(packed: PackedMessages): Message[] {
  let start = 0;
  return packed.ids.map((message_id, i) => {
    const end = packed.ends[i] ?? start;
    const publishTime = packed.publishTimes[i] ?? NaN;
    // A Buffer, so that decode reads text natively.
    const payload = Buffer.from(packed.payloads.buffer, start, end - start);
    start = end;
    const items = packed.items.get(i);
    const message: Message = {
      batch: packed.batch,
      offset: packed.offsets[i] ?? 0,
      message_id,
      publish_time: Number.isNaN(publishTime) ? null : publishTime,
      receive_time: packed.receiveTimes[i] ?? 0,
      source: packed.source,
      dialect: packed.dialects[i] ?? null,
      attributes: packed.attributes[i] ?? null,
      payload,
    };
    return items === undefined ? message : { ...message, items };
  });
}
