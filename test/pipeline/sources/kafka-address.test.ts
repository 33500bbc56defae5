import { describe, expect, test } from '@jest/globals';
import { parseKafkaUrl } from '../../../brokers/kafka/address.js';
import { kafkaSecurity } from '../../../brokers/kafka/security.js';
import { parseKafkaSource } from '../../../pipeline/sources/kafka/kafka-settings.js';

const noFile = () => {
  throw new Error('no such file');
};

describe('the URL of a topic', () => {
  test('names brokers, 9092 being the port where none is named, and a topic', () => {
    expect(parseKafkaUrl('--source', 'kafka://a,b:9093/ward.vitals', [])).toMatchObject({
      brokers: ['a:9092', 'b:9093'],
      topic: 'ward.vitals',
      url: 'kafka://a:9092,b:9093/ward.vitals',
    });
  });

  test.each([
    'kafka://h',
    'kafka:///t',
    'kafka://h/',
    'kafka://h/a/b',
    'kafka://h:99999/t',
    'kafka://h/a b',
    'kafka:h/t',
  ])('%s is refused with the flag, what was given and what would be right', (url) =>
    expect(() => parseKafkaUrl('--sink', url, [])).toThrow(
      `--sink: "${url}" is no topic of a Kafka cluster. Use kafka://`,
    ),
  );

  test('a password in it is refused and not repeated', () => {
    const parse = () => parseKafkaUrl('--source', 'kafka://me:swordfish@h/t', []);
    expect(parse).toThrow(/no user or password/);
    expect(parse).not.toThrow(/swordfish/);
  });

  test('settings of a source have defaults, and what is not known or no value is refused', () => {
    expect(parseKafkaSource('kafka://h/t')).toMatchObject({
      group: 'vitals',
      start: 'earliest',
      offsetReset: 'none',
      connectMillis: 30_000,
      outageMillis: 300_000,
    });
    const given = parseKafkaSource('kafka://h/t?group=g&start=latest&offset_reset=earliest&outage_seconds=1.5');
    expect(given).toMatchObject({ group: 'g', start: 'latest', offsetReset: 'earliest', outageMillis: 1_500 });
    expect(given.address.url).toBe('kafka://h:9092/t');
    for (const bad of [
      'groop=g',
      'group=',
      'start=now',
      'offset_reset=',
      'connect_seconds=soon',
      'connect_seconds=',
      'outage_seconds=0',
    ]) {
      expect(() => parseKafkaSource(`kafka://h/t?${bad}`)).toThrow(/^--source: /);
    }
  });
});

describe('the security of a connection', () => {
  test('without variables there is none', () => {
    expect(kafkaSecurity({}, noFile)).toEqual({ tls: null, sasl: null });
  });

  test('a password goes through TLS, by SCRAM, unless that is refused by name', () => {
    const login = { KAFKA_USERNAME: 'u', KAFKA_PASSWORD_FILE: '/run/secret' };
    const sasl = { mechanism: 'scram-sha-512', username: 'u', password: 'p' };
    expect(kafkaSecurity(login, () => 'p\n')).toEqual({ tls: { ca: null, cert: null, key: null }, sasl });
    expect(kafkaSecurity({ ...login, KAFKA_TLS: 'false' }, () => 'p\n')).toEqual({ tls: null, sasl });
  });

  test('files are read; one that cannot be is an error that names its variable', () => {
    const files = { KAFKA_CA_FILE: 'ca', KAFKA_CERT_FILE: 'cert', KAFKA_KEY_FILE: 'key' };
    expect(kafkaSecurity(files, (path) => `PEM ${path}`).tls).toEqual({
      ca: 'PEM ca',
      cert: 'PEM cert',
      key: 'PEM key',
    });
    expect(() => kafkaSecurity(files, noFile)).toThrow(/^KAFKA_CA_FILE: ca cannot be read/);
  });

  test.each([
    [{ KAFKA_USERNAME: 'u' }, /^KAFKA_PASSWORD_FILE/],
    [{ KAFKA_PASSWORD: 'swordfish' }, /^KAFKA_USERNAME/],
    [{ KAFKA_TLS: 'yes' }, /^KAFKA_TLS: "yes"/],
    [{ KAFKA_USERNAME: 'u', KAFKA_PASSWORD: 'p', KAFKA_SASL_MECHANISM: 'gssapi' }, /^KAFKA_SASL_MECHANISM: "gssapi"/],
  ])('%j is refused by name', (environment, message) => {
    expect(() => kafkaSecurity(environment, noFile)).toThrow(message);
    expect(() => kafkaSecurity(environment, noFile)).not.toThrow(/swordfish/);
  });
});
