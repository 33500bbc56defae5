import { ConfigurationError } from '../../schema/errors.js';

/** Where a Kafka topic is: what `kafka://HOST[:PORT][,HOST[:PORT]]/TOPIC[?name=value]` says. */
export interface KafkaAddress {
  /** `host:port` of the brokers to ask first; the cluster names the others. */
  readonly brokers: readonly string[];
  readonly topic: string;
  /** What stands behind the question mark. */
  readonly settings: ReadonlyMap<string, string>;
  /** The address alone, with every port and without settings: what logs and bronze show. */
  readonly url: string;
}

/** Kafka's own default. */
const DEFAULT_PORT = 9092;

const URL_FORM = /^kafka:\/\/([^/?#]*)\/([^/?#]*)(?:\?([^#]*))?$/;
const BROKER_FORM = /^([A-Za-z0-9._-]+)(?::(\d{1,5}))?$/;
/** What Kafka accepts as a topic's name. */
const TOPIC_FORM = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,249}$/;

/**
 * Reads the URL of a topic. Credentials have no place in it (kafka/security.ts), and one that holds some is never shown.
 *
 * @param flag the flag that it was given with
 * @param known the settings that are understood there
 * @throws ConfigurationError naming the flag
 */
export function parseKafkaUrl(flag: string, url: string, known: readonly string[]): KafkaAddress {
  if (url.includes('@')) {
    throw new ConfigurationError(
      flag,
      'a kafka URL holds no user or password',
      'Set KAFKA_USERNAME and KAFKA_PASSWORD_FILE in the environment.',
    );
  }
  const form = URL_FORM.exec(url);
  const brokers = form?.[1]?.split(',').map((broker) => brokerOf(broker));
  const topic = form?.[2] ?? '';
  if (!brokers || brokers.some((broker) => broker === null) || !TOPIC_FORM.test(topic)) {
    throw new ConfigurationError(
      flag,
      `"${url}" is no topic of a Kafka cluster`,
      'Use kafka://HOST[:PORT]/TOPIC, several brokers with commas between.',
    );
  }
  const settings = new Map(new URLSearchParams(form?.[3] ?? ''));
  for (const name of settings.keys()) {
    if (known.includes(name)) continue;
    throw new ConfigurationError(flag, `a kafka URL has no setting "${name}" here`, `Use ${known.join(', ')}.`);
  }
  return { brokers: brokers as string[], topic, settings, url: `kafka://${brokers.join(',')}/${topic}` };
}

function brokerOf(text: string): string | null {
  const [, host, port = DEFAULT_PORT] = BROKER_FORM.exec(text) ?? [];
  return host !== undefined && Number(port) >= 1 && Number(port) <= 65_535 ? `${host}:${port}` : null;
}

/**
 * A number of seconds out of an address, in milliseconds.
 * @throws ConfigurationError when it is none, or below `least` seconds
 */
export function secondsSetting(
  flag: string,
  address: KafkaAddress,
  name: string,
  fallback: number,
  least: number,
): number {
  const text = address.settings.get(name);
  const seconds = text === undefined ? fallback : text === '' ? NaN : Number(text);
  if (Number.isFinite(seconds) && seconds >= least) return seconds * 1000;
  throw new ConfigurationError(flag, `${name}=${text} is no number of seconds`, `Give ${least} or more.`);
}

/**
 * One of a few words out of an address.
 * @throws ConfigurationError when it is another one
 */
export function wordSetting<T extends string>(
  flag: string,
  address: KafkaAddress,
  name: string,
  words: readonly [T, ...T[]],
): T {
  const text = address.settings.get(name) ?? words[0];
  const word = words.find((candidate) => candidate === text);
  if (word !== undefined) return word;
  throw new ConfigurationError(flag, `${name}=${text} is not known`, `Use one of ${words.join(', ')}.`);
}
