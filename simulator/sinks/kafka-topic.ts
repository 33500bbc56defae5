import { readFileSync } from 'node:fs';
import { Kafka, logLevel, Partitioners, type ICustomPartitioner, type Producer } from 'kafkajs';
import { parseKafkaUrl, type KafkaAddress } from '../../brokers/kafka/address.js';
import { kafkaSecurity } from '../../brokers/kafka/security.js';
import { ConfigurationError } from '../../schema/errors.js';
import { keyedLines, type KeyedLine } from './keyed-lines.js';
import { MESSAGE_ATTRIBUTES } from './message-attributes.js';
import type { MessageDialects, ReadingSink } from './reading-sink.js';

/** A request: about 600 KB of readings, well below the broker's limit of 1 MB for a batch of one partition. */
const BATCH_MESSAGES = 2_000;
const BATCH_BYTES = 512 << 10;
/** Milliseconds to open a connection. */
const CONNECTION_MILLIS = 5_000;
/** Pauses of 0.1 s doubling up to 5 s. */
const RETRY = { initialRetryTime: 100, maxRetryTime: 5_000, multiplier: 2, factor: 0.2 };

/** How often a broker that is away is tried again. */
export interface KafkaPatience {
  /** When the topic is opened: then a wrong address is the likelier reason. */
  readonly openingRetries: number;
  readonly sendingRetries: number;
}

/** About 30 s, as for MLLP, and about 5 minutes. */
const PATIENCE: KafkaPatience = { openingRetries: 10, sendingRetries: 64 };

/**
 * A topic of Kafka: a message a reading, keyed by patient, so that a patient's readings share a partition and keep their
 * order. The time of a message is when it is sent, also where simulated time is another: brokers delete by it.
 *
 * Delivery: each message once into its partition (idempotent producer, all replicas in step); `endFile` resolves when the
 * broker has everything. Back-pressure: one request is on its way while the next is gathered. A broker that is away is
 * waited for.
 *
 * @throws ConfigurationError when the topic cannot be written to
 */
export async function openKafkaTopic(
  url: string,
  environment: NodeJS.ProcessEnv = process.env,
  patience: KafkaPatience = PATIENCE,
): Promise<ReadingSink> {
  const address = parseKafkaUrl('--sink', url, []);
  const { tls, sasl } = kafkaSecurity(environment, (path) => readFileSync(path, 'utf8'));
  const kafka = new Kafka({
    brokers: [...address.brokers],
    clientId: 'vitals-simulator',
    logLevel: logLevel.NOTHING,
    connectionTimeout: CONNECTION_MILLIS,
    ssl: tls === null ? false : Object.fromEntries(Object.entries(tls).filter(([, pem]) => pem !== null)),
    ...(sasl === null ? {} : { sasl: sasl as never }),
    retry: { ...RETRY, retries: patience.openingRetries },
  });
  const admin = kafka.admin();
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    createPartitioner: byKeyOrContent,
    retry: { ...RETRY, retries: patience.sendingRetries },
  });
  try {
    await admin.connect();
    await requireTopic(admin, address.topic);
    await producer.connect();
  } catch (error) {
    await producer.disconnect().catch(() => undefined);
    throw unusable(address, error);
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
  return new KafkaTopic(address, producer);
}

class KafkaTopic implements ReadingSink {
  readonly ended = false;
  readonly files = 0;
  #gathered: KeyedLine[] = [];
  #bytes = 0;
  #sending: Promise<void> = Promise.resolve();

  constructor(
    private readonly address: KafkaAddress,
    private readonly producer: Producer,
  ) {}

  async write(bytes: Uint8Array, _arrivalFrom: number, dialects?: MessageDialects): Promise<void> {
    for (const line of keyedLines(bytes, dialects)) {
      this.#gathered.push(line);
      this.#bytes += line.payload.length;
      if (this.#gathered.length >= BATCH_MESSAGES || this.#bytes >= BATCH_BYTES) await this.#send();
    }
  }

  async endFile(): Promise<void> {
    await this.#send();
    await this.#sending;
  }

  async close(): Promise<void> {
    try {
      await this.endFile();
    } finally {
      await this.producer.disconnect();
    }
  }

  /** Begins to send what is gathered, once what went before has arrived. */
  async #send(): Promise<void> {
    const messages = this.#gathered.map(({ key, payload, dialect }) => ({
      key: key || null,
      value: payload,
      headers: MESSAGE_ATTRIBUTES[dialect],
    }));
    this.#gathered = [];
    this.#bytes = 0;
    await this.#sending;
    if (messages.length === 0) return;
    this.#sending = this.producer.send({ topic: this.address.topic, acks: -1, messages }).then(
      () => undefined,
      (error) => {
        throw unusable(this.address, error);
      },
    );
    // Whoever sends or ends next is told.
    this.#sending.catch(() => undefined);
  }
}

/**
 * Kafka's own choice by key. A message without one goes by its content: by chance it could go to another partition when it
 * is sent again, and the broker would not know it.
 */
const byKeyOrContent: ICustomPartitioner = () => {
  const byKey = Partitioners.DefaultPartitioner();
  return (choice) => {
    const { message } = choice;
    return byKey(message.key ? choice : { ...choice, message: { ...message, key: message.value } });
  };
};

/** Asks for the topic, so that the broker creates it where it may, with the partitions that it gives to new topics. */
async function requireTopic(admin: ReturnType<Kafka['admin']>, topic: string): Promise<void> {
  const known = await admin.listTopics();
  if (!known.includes(topic)) await admin.createTopics({ topics: [{ topic }], waitForLeaders: true });
}

function unusable({ url }: KafkaAddress, error: unknown): ConfigurationError {
  const { message } = error as Error;
  const remedy = 'Check that the broker runs, host and port, the topic, and the KAFKA_ variables.';
  return new ConfigurationError('--sink', `${url} cannot be written to (${message})`, remedy);
}
