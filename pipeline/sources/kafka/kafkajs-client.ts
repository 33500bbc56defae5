import kafkajs from 'kafkajs';
import type { KafkaAddress } from '../../../brokers/kafka/address.js';
import type { KafkaSecurity } from '../../../brokers/kafka/security.js';
import { registerCodecs } from './codecs.js';
import type {
  FetchBytes,
  FetchedPartition,
  KafkaClient,
  KafkaRecord,
  OffsetBounds,
  Offsets,
  TopicDescription,
} from './kafka-client.js';
import { faultOf } from './kafkajs-faults.js';
import { loadInternals, type Cluster, type RawPartition, type RawRecord } from './kafkajs-internals.js';

/** Milliseconds to open a connection, and to wait for an answer. */
const CONNECTION_MILLIS = 5_000;
const REQUEST_MILLIS = 30_000;
/** Of the protocol: only what transactions have committed. */
const READ_COMMITTED = 1;
/** Of the protocol: offsets of a group without members. */
const NO_GENERATION = -1;
const NO_MEMBER = '';
/** Attempts are the caller's affair: one each. */
const ONE_ATTEMPT = { retries: 0, initialRetryTime: 100, maxRetryTime: 100, factor: 0, multiplier: 1 };

/** {@link KafkaClient} on kafkajs 2.2.4: pure JavaScript, no native code, Node 20 on. */
export class KafkajsClient implements KafkaClient {
  readonly #internals = loadInternals();
  #cluster: Cluster | null = null;
  #attempt = 0;
  #turn = 0;

  constructor(
    private readonly address: KafkaAddress,
    private readonly security: KafkaSecurity,
  ) {
    registerCodecs();
  }

  describe(): Promise<TopicDescription> {
    return this.#do(async (cluster) => {
      await cluster.refreshMetadata();
      const partitions = cluster.findTopicPartitionMetadata(this.address.topic).map(({ partitionId }) => partitionId);
      return { cluster: cluster.brokerPool.metadata?.clusterId ?? null, partitions: partitions.sort((a, b) => a - b) };
    });
  }

  bounds(partitions: readonly number[]): Promise<ReadonlyMap<number, OffsetBounds>> {
    return this.#do(async (cluster) => {
      const [first, end] = await Promise.all([
        this.#offsets(cluster, partitions, true),
        this.#offsets(cluster, partitions, false),
      ]);
      return new Map(
        partitions.map((partition) => [partition, { first: first.get(partition)!, end: end.get(partition)! }]),
      );
    });
  }

  fetch(from: Offsets, bytes: FetchBytes, waitMillis: number): Promise<readonly FetchedPartition[]> {
    return this.#do(async (cluster) => {
      const leaders = cluster.findLeaderForPartitions(this.address.topic, [...from.keys()]);
      // Brokers fill an answer in the order of the question: each partition comes first in its turn.
      this.#turn += 1;
      const answers = Object.entries(leaders).map(async ([nodeId, partitions]) => {
        const broker = await cluster.findBroker({ nodeId });
        const wanted = rotated(partitions, this.#turn).map((partition) => ({
          partition,
          fetchOffset: String(from.get(partition)),
          maxBytes: bytes.partition,
        }));
        const { responses } = await broker.fetch({
          isolationLevel: READ_COMMITTED,
          maxWaitTime: waitMillis,
          minBytes: 1,
          maxBytes: bytes.total,
          topics: [{ topic: this.address.topic, partitions: wanted }],
        });
        return responses.flatMap((response) => response.partitions);
      });
      return (await Promise.all(answers)).flat().map((raw) => this.#fetched(raw, from.get(raw.partition)!));
    });
  }

  commit(group: string, offsets: Offsets): Promise<void> {
    return this.#do(async (cluster) => {
      const coordinator = await cluster.findGroupCoordinator({ groupId: group });
      const partitions = Array.from(offsets, ([partition, offset]) => ({ partition, offset: String(offset) }));
      await coordinator.offsetCommit({
        groupId: group,
        groupGenerationId: NO_GENERATION,
        memberId: NO_MEMBER,
        topics: [{ topic: this.address.topic, partitions }],
      });
    });
  }

  async disconnect(): Promise<void> {
    const cluster = this.#cluster;
    this.#cluster = null;
    await cluster?.disconnect().catch(() => undefined);
  }

  async #do<T>(work: (cluster: Cluster) => Promise<T>): Promise<T> {
    try {
      return await work(await this.#connected());
    } catch (error) {
      throw faultOf(error);
    }
  }

  async #connected(): Promise<Cluster> {
    const cluster = (this.#cluster ??= this.#open());
    await cluster.connect();
    await cluster.addTargetTopic(this.address.topic);
    return cluster;
  }

  #open(): Cluster {
    const { Cluster, createLogger, socketFactory } = this.#internals;
    const { tls, sasl } = this.security;
    const filled = tls && Object.fromEntries(Object.entries(tls).filter(([, pem]) => pem !== null));
    return new Cluster({
      // An attempt asks one broker: the next attempt begins with the next.
      brokers: rotated(this.address.brokers, this.#attempt++),
      ssl: filled ?? false,
      ...(sasl === null ? {} : { sasl }),
      clientId: 'vitals',
      logger: createLogger({ level: kafkajs.logLevel.NOTHING, logCreator: () => () => undefined }),
      socketFactory: socketFactory(),
      connectionTimeout: CONNECTION_MILLIS,
      requestTimeout: REQUEST_MILLIS,
      enforceRequestTimeout: true,
      metadataMaxAge: Infinity,
      allowAutoTopicCreation: false,
      isolationLevel: READ_COMMITTED,
      retry: ONE_ATTEMPT,
    });
  }

  async #offsets(
    cluster: Cluster,
    partitions: readonly number[],
    fromBeginning: boolean,
  ): Promise<Map<number, number>> {
    const wanted = partitions.map((partition) => ({ partition }));
    const found = await cluster.fetchTopicsOffset([{ topic: this.address.topic, partitions: wanted, fromBeginning }]);
    return new Map(
      found.flatMap((topic) => topic.partitions).map(({ partition, offset }) => [partition, Number(offset)]),
    );
  }

  #fetched(raw: RawPartition, asked: number): FetchedPartition {
    const { rawMessages, messagesWithinOffset, messages } = new this.#internals.Batch(
      this.address.topic,
      String(asked),
      raw,
    );
    const last = messagesWithinOffset.at(-1);
    // Only records before the offset: compaction has taken the rest of their batch away.
    const next = last !== undefined ? Number(last.offset) + 1 : rawMessages.length > 0 ? asked + 1 : asked;
    const stable = Number(raw.lastStableOffset ?? -1);
    return {
      partition: raw.partition,
      records: messages.map(recordOf),
      next,
      end: stable >= 0 ? stable : Number(raw.highWatermark),
    };
  }
}

function recordOf({ offset, timestamp, key, value, headers }: RawRecord): KafkaRecord {
  const millis = Number(timestamp);
  return { offset: Number(offset), timestamp: millis >= 0 ? millis : null, key, value, headers };
}

function rotated<T>(list: readonly T[], turn: number): T[] {
  const start = turn % list.length;
  return [...list.slice(start), ...list.slice(0, start)];
}
