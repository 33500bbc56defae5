import { describe, expect, test } from '@jest/globals';
import { messagesOf } from '../../../pipeline/sources/kafka/kafka-message.js';
import { record } from './kafka-client-fake.js';

const text = (value: string) => Buffer.from(value);

describe('a record of Kafka as a message', () => {
  test('has the bytes of its value, an id that stays the same, and the time of the record', () => {
    expect(messagesOf('vitals', 3, [record(17, '{}')])).toEqual([
      { payload: text('{}'), attributes: null, dialect: null, message_id: 'vitals-3-17', publish_time: 1_017 },
    ]);
  });

  test('has its headers as a JSON object with sorted names, and its dialect from the header of that name', () => {
    const headers = { version: text('1'), dialect: text('fhir'), a: [text('first'), text('last')] };
    expect(messagesOf('t', 0, [record(0, '', headers)])[0]).toMatchObject({
      attributes: '{"a":"last","dialect":"fhir","version":"1"}',
      dialect: 'fhir',
    });
  });

  test('an empty dialect is none, and a header without a value is an empty text', () => {
    const [message] = messagesOf('t', 0, [record(0, '', { dialect: text(''), x: undefined })]);
    expect(message).toMatchObject({ attributes: '{"dialect":"","x":""}', dialect: null });
  });

  test('a name of a header that JavaScript treats apart keeps its place', () => {
    const headers = Object.fromEntries([
      ['b', text('2')],
      ['10', text('1')],
    ]);
    Object.defineProperty(headers, '__proto__', { value: text('p'), enumerable: true });
    expect(messagesOf('t', 0, [record(0, '', headers)])[0]?.attributes).toBe('{"10":"1","__proto__":"p","b":"2"}');
  });

  test('records with other headers than the one before do not get its attributes', () => {
    const headers = [
      { a: text('1') },
      { a: text('1') },
      { a: text('2') },
      { a: text('2'), b: text('3') },
      { b: text('3') },
      {},
    ];
    const records = headers.map((header, offset) => record(offset, '', header));
    expect(messagesOf('t', 0, records).map((message) => message.attributes)).toEqual([
      ...['{"a":"1"}', '{"a":"1"}', '{"a":"2"}', '{"a":"2","b":"3"}', '{"b":"3"}', null],
    ]);
  });

  test('a tombstone is a message without bytes that keeps its key', () => {
    const [message] = messagesOf('t', 0, [{ ...record(0, null), key: text('P000123') }]);
    expect(message).toMatchObject({ payload: new Uint8Array(0), attributes: '{"kafka_key":"P000123"}', dialect: null });
  });
});
