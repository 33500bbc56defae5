import type { SourceMessage } from '../source.js';
import type { KafkaHeaders, KafkaRecord } from './kafka-client.js';

/** The attribute that keeps a tombstone's key: all that it says. */
const KEY_ATTRIBUTE = 'kafka_key';
const NO_PAYLOAD = new Uint8Array(0);

interface Attributes {
  readonly text: string | null;
  readonly dialect: string | null;
}

const NO_ATTRIBUTES: Attributes = { text: null, dialect: null };

/**
 * Turns the records of a partition into messages, bytes untouched: headers become attributes, `topic-partition-offset` the
 * broker's id, the timestamp the time of publication. A tombstone becomes a message without bytes, which decode refuses
 * (EMPTY), with its key as the attribute `kafka_key`.
 *
 * Cost: headers that are the same as the record's before are not read again.
 */
export function messagesOf(topic: string, partition: number, records: readonly KafkaRecord[]): SourceMessage[] {
  const prefix = `${topic}-${partition}-`;
  let headers: KafkaHeaders | null = null;
  let attributes = NO_ATTRIBUTES;
  return records.map((record) => {
    if (headers === null || !sameHeaders(headers, record.headers)) {
      headers = record.headers;
      attributes = attributesOf(headers);
    }
    const { text, dialect } = record.value === null ? tombstoneAttributes(record) : attributes;
    return {
      payload: record.value ?? NO_PAYLOAD,
      attributes: text,
      dialect,
      message_id: prefix + record.offset,
      publish_time: record.timestamp,
    };
  });
}

function tombstoneAttributes({ headers, key }: KafkaRecord): Attributes {
  return attributesOf(key === null ? headers : { ...headers, [KEY_ATTRIBUTE]: key });
}

/** Headers as a JSON object, names sorted. Of a name that occurs more than once the last value counts, as Kafka has it. */
function attributesOf(headers: KafkaHeaders): Attributes {
  const names = Object.keys(headers).sort();
  if (names.length === 0) return NO_ATTRIBUTES;
  const texts = names.map((name): [string, string] => [name, textOf(headers[name])]);
  const dialect = texts.find(([name]) => name === 'dialect')?.[1];
  // Built by hand: a name that looks like a number keeps its place, and __proto__ is a name like any other.
  const members = texts.map(([name, text]) => `${JSON.stringify(name)}:${JSON.stringify(text)}`);
  return { text: `{${members.join(',')}}`, dialect: dialect || null };
}

function textOf(value: KafkaHeaders[string]): string {
  const last = value instanceof Uint8Array ? value : value?.at(-1);
  return !last ? '' : Buffer.from(last.buffer, last.byteOffset, last.byteLength).toString('utf8');
}

function sameHeaders(a: KafkaHeaders, b: KafkaHeaders): boolean {
  let names = 0;
  for (const name in a) {
    const [left, right] = [a[name], b[name]];
    if (!(left instanceof Uint8Array && right instanceof Uint8Array && Buffer.compare(left, right) === 0)) return false;
    names += 1;
  }
  return names === Object.keys(b).length;
}
