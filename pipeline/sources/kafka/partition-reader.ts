import { ConfigurationError } from '../../../schema/errors.js';
import { Attempts } from './attempts.js';
import { KafkaFault, type KafkaClient, type OffsetBounds } from './kafka-client.js';
import { messagesOf } from './kafka-message.js';
import { place, type KafkaPositions } from './kafka-positions.js';
import type { KafkaSettings } from './kafka-settings.js';
import { RecordBuffer } from './record-buffer.js';
import { WakeUp } from '../wake-up.js';

/** Bytes fetched and not handed out beyond which no more is fetched: the back-pressure. One answer may come on top. */
const MOST_BUFFERED_BYTES = 64 << 20;
const FETCH_BYTES = { total: 16 << 20, partition: 2 << 20 };
/** How long a broker may hold a fetch when there is nothing. */
const FETCH_WAIT_MILLIS = 250;
/** Milliseconds between two looks at the topic's partitions. */
const DESCRIBE_MILLIS = 5_000;

export interface ReaderOptions {
  readonly settings: KafkaSettings;
  /** End at the offsets that were the last when the run began; otherwise read on for ever, new partitions included. */
  readonly bounded: boolean;
  readonly clock: () => number;
  /** Told of outages and of their end. */
  readonly notice: (line: string) => void;
}

/**
 * Reads all partitions of a topic ahead into a bounded buffer, and finds its way back after any failure that passes.
 *
 * It never asks a group where to go on: where the lake stands it is told once, from there on it knows itself.
 */
export class PartitionReader {
  readonly buffer = new RecordBuffer();
  readonly changed = new WakeUp();
  /** Offsets that the next fetch asks for. */
  #reading = new Map<number, number>();
  /** Ends of the partitions: as last seen or, when bounded, as first seen. */
  #ends = new Map<number, number>();
  lost: ReadonlyMap<number, number> = new Map();
  cluster: string | null = null;
  #describedAt = 0;
  /** When something last came, or there was nothing to come. */
  #progressAt = 0;
  #failure: Error | null = null;
  #stopped = false;
  #running: Promise<void> = Promise.resolve();
  readonly #room = new WakeUp();
  readonly #stopping = new WakeUp();
  readonly #attempts: Attempts;

  constructor(
    private readonly client: KafkaClient,
    private readonly options: ReaderOptions,
  ) {
    this.#attempts = new Attempts({
      url: options.settings.address.url,
      clock: options.clock,
      notice: options.notice,
      stopped: () => this.#stopped,
      pause: (milliseconds) => this.#stopping.wait(milliseconds),
      renew: (fault) => this.#renew(fault),
    });
  }

  /** True when everything is in the buffer, or was, that the partitions hold as far as is known. */
  get caughtUp(): boolean {
    for (const [partition, end] of this.#ends) if (this.#reading.get(partition)! < end) return false;
    return true;
  }

  /** True when it has ended early: {@link throwFailure} says why. */
  get failed(): boolean {
    return this.#failure !== null;
  }

  get full(): boolean {
    return this.buffer.bytes >= MOST_BUFFERED_BYTES;
  }

  /** @throws what ended the reading */
  throwFailure(): void {
    if (this.#failure !== null) throw this.#failure;
  }

  /** Finds its place by what the lake has recorded, then reads ahead. Returns where it begins. */
  async start(recorded: KafkaPositions | null): Promise<ReadonlyMap<number, number>> {
    await this.#attempts.insist(this.options.settings.connectMillis, () => this.#findPlace(recorded));
    const begin = new Map(this.#reading);
    this.#running = this.#readOn();
    return begin;
  }

  /** To be called when something was taken out of the buffer. */
  tookOut(): void {
    if (!this.full) this.#room.ring();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#stopping.ring();
    this.#room.ring();
    await this.client.disconnect();
    await this.#running;
    this.buffer.clear();
  }

  async #findPlace(recorded: KafkaPositions | null): Promise<void> {
    const { settings, notice } = this.options;
    const { cluster, partitions } = await this.client.describe();
    const bounds = await this.client.bounds(partitions);
    const { next, lost, reset } = place(settings, recorded, cluster, bounds);
    if (reset.length > 0) {
      notice(`offsets of partition ${reset.join(', ')} were gone; going on from the ${settings.offsetReset}`);
    }
    this.cluster = cluster;
    this.#reading = next;
    this.lost = lost;
    this.#ends = new Map(Array.from(bounds, ([partition, { end }]) => [partition, end]));
    this.#describedAt = this.#progressAt = this.options.clock();
  }

  async #readOn(): Promise<void> {
    try {
      while (!this.#stopped && !(this.options.bounded && this.caughtUp)) {
        if (this.full) await this.#room.wait(DESCRIBE_MILLIS);
        else await this.#attempts.insist(this.options.settings.outageMillis, () => this.#readOnce());
      }
    } catch (error) {
      if (!this.#stopped) this.#failure = error as Error;
    }
    this.changed.ring();
  }

  async #readOnce(): Promise<void> {
    const { bounded, clock } = this.options;
    if (!bounded && clock() - this.#describedAt >= DESCRIBE_MILLIS) await this.#noticePartitions();
    const wanted = bounded ? this.#unfinished() : this.#reading;
    const fetched = await this.client.fetch(wanted, FETCH_BYTES, FETCH_WAIT_MILLIS);
    for (const { partition, records, next, end } of fetched) {
      if (!bounded) this.#ends.set(partition, end);
      const last = this.#ends.get(partition)!;
      const within = bounded ? records.filter((record) => record.offset < last) : records;
      const reached = bounded ? Math.min(next, last) : next;
      if (reached <= this.#reading.get(partition)!) continue;
      const messages = messagesOf(this.options.settings.address.topic, partition, within);
      this.buffer.add({ partition, messages, next: [...within.map((record) => record.offset + 1), reached] });
      this.#reading.set(partition, reached);
      this.#progressAt = clock();
    }
    this.changed.ring();
    this.#requireProgress();
  }

  /** A partition that answers, but never with what it says it holds, must not keep a run waiting for ever. */
  #requireProgress(): void {
    const { settings, clock } = this.options;
    if (this.caughtUp) this.#progressAt = clock();
    if (clock() - this.#progressAt <= settings.outageMillis) return;
    const [partition, offset] = [...this.#unfinished()][0]!;
    throw new ConfigurationError(
      '--source',
      `${settings.address.url}: partition ${partition} gives nothing from offset ${offset} on, and ends at ${this.#ends.get(partition)}`,
      'Is the topic compacted, or the client throttled? Readings belong in a topic that deletes by time.',
    );
  }

  #unfinished(): Map<number, number> {
    return new Map([...this.#reading].filter(([partition, offset]) => offset < this.#ends.get(partition)!));
  }

  /** A partition that was added is read from its first record. */
  async #noticePartitions(): Promise<void> {
    const { partitions } = await this.client.describe();
    const added = partitions.filter((partition) => !this.#reading.has(partition));
    const bounds: ReadonlyMap<number, OffsetBounds> = added.length > 0 ? await this.client.bounds(added) : new Map();
    for (const [partition, { first, end }] of bounds) {
      this.#reading.set(partition, first);
      this.#ends.set(partition, end);
    }
    this.#describedAt = this.options.clock();
  }

  /** Begins anew after a failure. An offset that was refused: all partitions are placed again, by where this reader stands. */
  async #renew({ kind }: KafkaFault): Promise<void> {
    if (kind === 'out-of-range') {
      const { topic } = this.options.settings.address;
      await this.#findPlace({ cluster: this.cluster, topic, next: this.#reading, lost: this.lost }).catch((error) => {
        if (!(error instanceof KafkaFault)) throw error;
      });
    }
    await this.client.disconnect();
  }
}
