import { readFileSync } from 'node:fs';
import { kafkaSecurity } from '../../../brokers/kafka/security.js';
import type { Pulled, PullLimits, Source, SourcePositions } from '../source.js';
import { GroupOffsets } from './group-offsets.js';
import type { KafkaClient } from './kafka-client.js';
import { KafkajsClient } from './kafkajs-client.js';
import { decodePositions, encodePositions } from './kafka-positions.js';
import { parseKafkaSource, type KafkaSettings } from './kafka-settings.js';
import { PartitionReader } from './partition-reader.js';

/** Milliseconds that a pull waits for a batch to fill while there is more to come: small batches cost as much as large ones. */
const FILL_MILLIS = 250;
/** Milliseconds that the last offsets may take to reach the group, at the end. */
const SETTLE_MILLIS = 5_000;

export interface KafkaSourceOptions {
  /** End where the partitions ended when the run began (`--once`). */
  readonly bounded: boolean;
  readonly clock: () => number;
  /** A line for whoever watches: outages, their end, offsets that were gone. */
  readonly notice: (line: string) => void;
}

/**
 * A Kafka topic, all its partitions, in one process: docs/kafka.md.
 *
 * Delivery: each record once. The offsets recorded with a bronze commit are the acknowledgement and the only truth on the next
 * start; the consumer group gets a copy afterwards, for lag monitors. Order is kept within a partition.
 */
export class KafkaSource implements Source {
  readonly url: string;
  readonly #reader: PartitionReader;
  readonly #group: GroupOffsets;
  /** Offset behind what was handed out, by partition. */
  #next = new Map<number, number>();

  constructor(
    private readonly settings: KafkaSettings,
    client: KafkaClient,
    options: KafkaSourceOptions,
  ) {
    this.url = settings.address.url;
    const notice = (line: string) => options.notice(`kafka: ${line}`);
    this.#reader = new PartitionReader(client, { settings, bounded: options.bounded, clock: options.clock, notice });
    this.#group = new GroupOffsets(client, settings.group, notice, options.clock);
  }

  /** Reads URL and environment; connects with `resume`. @throws ConfigurationError for what is wrong with them */
  static open(url: string, environment: NodeJS.ProcessEnv, options: KafkaSourceOptions): KafkaSource {
    const settings = parseKafkaSource(url);
    const security = kafkaSecurity(environment, (path) => readFileSync(path, 'utf8'));
    return new KafkaSource(settings, new KafkajsClient(settings.address, security), options);
  }

  /**
   * @throws ConfigurationError when no broker answers, the topic is not there, access is refused, or a recorded offset is gone
   */
  async resume(positions: SourcePositions | null): Promise<void> {
    const recorded = decodePositions(positions, this.settings.address.topic);
    this.#next = new Map(await this.#reader.start(recorded));
    if (recorded !== null) this.#group.commit(new Map(this.#next));
  }

  async pull(limits: PullLimits): Promise<Pulled> {
    const reader = this.#reader;
    const deadline = performance.now() + FILL_MILLIS;
    const enough = () =>
      reader.caughtUp ||
      reader.failed ||
      reader.full ||
      reader.buffer.messages >= limits.messages ||
      reader.buffer.bytes >= limits.bytes;
    for (let left = FILL_MILLIS; left > 0 && !enough(); left = deadline - performance.now()) {
      await reader.changed.wait(left);
    }
    const messages = reader.buffer.take(limits, (partition, next) => this.#next.set(partition, next));
    reader.tookOut();
    // What was read before a failure is good; the next pull brings the failure.
    if (messages.length === 0) reader.throwFailure();
    const next = new Map(this.#next);
    const { topic } = this.settings.address;
    return {
      messages,
      positions: encodePositions({ cluster: reader.cluster, topic, next, lost: reader.lost }),
      drained: reader.buffer.messages === 0 && reader.caughtUp,
      acknowledge: async () => this.#group.commit(next),
    };
  }

  /** Lets a batch fill for the whole time, unless the buffer is full before. */
  async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    const deadline = performance.now() + milliseconds;
    for (let left = milliseconds; left > 0 && !signal.aborted && !this.#reader.full;) {
      await this.#reader.changed.wait(left, signal);
      left = deadline - performance.now();
    }
  }

  async close(): Promise<void> {
    await this.#group.close(SETTLE_MILLIS);
    await this.#reader.stop();
  }
}
