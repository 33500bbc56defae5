import fc from 'fast-check';
import { describe, expect, test } from '@jest/globals';
import { bronzeRows } from '../../../pipeline/engines/micro-batch/freeze.js';
import { decodeLanding, encodeLanding } from '../../../pipeline/engines/streaming/landing-file.js';
import { fingerprint, streamMessage } from '../../../pipeline/engines/streaming/stream-message.js';

const source = fc.record({
  payload: fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.string().map((id) => Buffer.from(JSON.stringify({ message_id: id, patient_id: 'P1' }))),
    fc.constant(Buffer.from('two\nlines\n')),
  ),
  attributes: fc.option(fc.constantFrom('{"a":"b"}', '{"line":"\\n"}')),
  dialect: fc.option(fc.constantFrom('csv', 'json-v1')),
  message_id: fc.option(fc.string({ maxLength: 12 })),
  publish_time: fc.option(fc.nat()),
});

describe('a landing file', () => {
  test('gives back every message byte for byte, and its fingerprint is the same once bronze has it', () => {
    fc.assert(
      fc.property(fc.array(source, { maxLength: 8 }), fc.nat(), (messages, received) => {
        const streamed = messages.map((message) => streamMessage(message, 'memory:test', received));
        const landed = decodeLanding(encodeLanding(streamed));
        expect(landed.map(({ payload }) => [...payload])).toEqual(messages.map(({ payload }) => [...payload]));
        const frozen = bronzeRows(landed, 7, 'memory:test', received + 1_000);
        expect(frozen.map(fingerprint)).toEqual(streamed.map(({ offset }) => offset));
        const kept = ['message_id', 'publish_time', 'receive_time', 'source', 'dialect', 'attributes'] as const;
        for (const [i, row] of frozen.entries()) {
          for (const column of kept) expect(row[column]).toEqual(streamed[i]?.[column]);
        }
      }),
    );
  });

  test('the same messages make the same file, and a fingerprint has 53 bits', () => {
    const messages = ['a', 'b'].map((text) =>
      streamMessage(
        { payload: Buffer.from(text), attributes: null, dialect: null, message_id: null, publish_time: null },
        'memory:test',
        1,
      ),
    );
    expect(encodeLanding(messages)).toEqual(encodeLanding([...messages]));
    for (const { offset } of messages) expect(Number.isSafeInteger(offset) && offset >= 0).toBe(true);
    expect(messages[0]?.offset).not.toBe(messages[1]?.offset);
  });
});
