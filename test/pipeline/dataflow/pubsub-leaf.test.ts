import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { createRequire } from 'node:module';
import { runnerApi } from '../../../beam/portable/internals.js';
import { decodePubsubMessage } from '../../../pipeline/engines/dataflow/pubsub-message-proto.js';
import { DecodePubsub } from '../../../pipeline/engines/dataflow/pubsub-leaf.js';
import { continuousPipeline, SUBSCRIPTION } from './a-submission.js';

interface WireMessage {
  data?: Uint8Array;
  attributes?: Record<string, string>;
  messageId?: string;
  publishTime?: { seconds: number; nanos: number };
  orderingKey?: string;
}

/** Google's own generated codec, as the independent reading of the format. */
const { google } = createRequire(import.meta.url)('@google-cloud/pubsub/build/protos/protos') as {
  google: { pubsub: { v1: { PubsubMessage: { encode(message: WireMessage): { finish(): Uint8Array } } } } };
};
const encode = (message: WireMessage) => google.pubsub.v1.PubsubMessage.encode(message).finish();
const bytes = (text: string) => new TextEncoder().encode(text);

describe('the native Pub/Sub leaf', () => {
  test('is one unbounded leaf of bytes that names the subscription and keeps attributes', async () => {
    const { components } = (await continuousPipeline()).pipeline;
    const leaf = Object.values(components?.transforms ?? {}).find(({ uniqueName }) => uniqueName === 'Read Pubsub');
    expect(leaf?.spec?.urn).toBe('beam:transform:pubsub_read:v1');
    expect([leaf?.subtransforms, Object.keys(leaf?.inputs ?? {})]).toEqual([[], []]);
    expect(runnerApi.PubSubReadPayload.fromBinary(leaf?.spec?.payload ?? new Uint8Array())).toMatchObject({
      subscription: SUBSCRIPTION,
      withAttributes: true,
      timestampAttribute: '',
    });
    const [output] = Object.values(leaf?.outputs ?? {});
    const collection = components?.pcollections[output ?? ''];
    expect(collection?.isBounded).toBe(runnerApi.IsBounded_Enum.UNBOUNDED);
    expect(components?.coders[collection?.coderId ?? '']?.spec?.urn).toBe('beam:coder:bytes:v1');
  });
});

describe('a message from the wire', () => {
  test('has its bytes, its attributes with sorted names, its id and its time of publication', () => {
    const wire = encode({
      data: bytes('{"a":1}'),
      attributes: { zone: 'b', dialect: 'json-v1', __proto__x: '1', '10': 'ten' },
      messageId: '19916711285',
      publishTime: { seconds: 1_795_230_000, nanos: 123_456_789 },
      orderingKey: 'p-1',
    });
    expect(decodePubsubMessage(wire)).toEqual({
      payload: Buffer.from('{"a":1}'),
      attributes: '{"10":"ten","__proto__x":"1","dialect":"json-v1","zone":"b"}',
      dialect: 'json-v1',
      message_id: '19916711285',
      publish_time: 1_795_230_000_123,
    });
  });

  test('whatever a publisher sends is read as Google writes it', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.dictionary(fc.string(), fc.string()), fc.nat(), (data, attributes, id) => {
        const message = decodePubsubMessage(encode({ data, attributes, messageId: String(id) }));
        expect(Buffer.from(message.payload)).toEqual(Buffer.from(data));
        const entries = Object.entries(attributes);
        expect(
          message.attributes === null ? [] : Object.entries(JSON.parse(message.attributes) as object).sort(),
        ).toEqual(entries.sort());
        expect(message.message_id).toBe(String(id));
      }),
    );
  });

  test('an empty message is an empty payload, for decode to refuse', () => {
    expect(decodePubsubMessage(new Uint8Array())).toMatchObject({ payload: new Uint8Array(), message_id: null });
  });

  test('bytes that are no message become a payload as they are, and never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (noise) => {
        expect(decodePubsubMessage(noise).payload).toBeInstanceOf(Uint8Array);
      }),
    );
    const truncated = encode({ data: bytes('0123456789') }).subarray(0, 5);
    expect(decodePubsubMessage(truncated).payload).toEqual(truncated);
  });

  test('a field that is not known is passed over', () => {
    const known = encode({ data: bytes('x') });
    const future = Uint8Array.from([
      ...known,
      (9 << 3) | 2,
      2,
      1,
      2,
      (10 << 3) | 0,
      0x96,
      0x01,
      (11 << 3) | 5,
      1,
      2,
      3,
      4,
    ]);
    expect(Buffer.from(decodePubsubMessage(future).payload).toString()).toBe('x');
  });
});

describe('the DoFn that decodes a bundle', () => {
  const read = (doFn: DecodePubsub, messages: readonly Uint8Array[]) => {
    doFn.startBundle();
    const during = messages.flatMap((message) => [...doFn.process(message)]);
    return { during, after: [...doFn.finishBundle()] as { value: unknown[]; timestamp: { toNumber(): number } }[] };
  };
  const published = (second: number) =>
    encode({ data: bytes(String(second)), messageId: `m${second}`, publishTime: { seconds: second, nanos: 0 } });

  test('gathers a bundle into blocks of a thousand, and the rest at its end at the earliest time of publication', () => {
    const messages = Array.from({ length: 1_003 }, (_, i) => published(2_000_000 - i));
    const { during, after } = read(new DecodePubsub('pubsub:s'), messages);
    expect(during.map((block) => block.length)).toEqual([1_000]);
    expect(after.map(({ value, timestamp }) => [value.length, timestamp.toNumber()])).toEqual([[3, 1_998_998_000]]);
  });

  test('large messages are not gathered beyond 16 MB', () => {
    const large = encode({ data: new Uint8Array(9 << 20) });
    const { during, after } = read(new DecodePubsub('pubsub:s'), [large, large, large]);
    expect([during.map((block) => block.length), after.map(({ value }) => value.length)]).toEqual([[2], [1]]);
  });

  test('keeps nothing from one bundle to the next', () => {
    const doFn = new DecodePubsub('pubsub:s');
    doFn.startBundle();
    expect([...doFn.process(published(1))]).toEqual([]);
    expect(read(doFn, [published(2)]).after.map(({ value }) => value.length)).toEqual([1]);
    expect(read(doFn, []).after).toEqual([]);
  });

  test('a message has the id of its broker and the URL of its subscription', () => {
    const [block] = read(new DecodePubsub('pubsub:s'), [published(7)]).after;
    expect(block?.value).toEqual([
      expect.objectContaining({ source: 'pubsub:s', message_id: 'm7', publish_time: 7_000 }),
    ]);
  });
});
