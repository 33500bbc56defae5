/** What a broker sends beside a message; a name that occurs more than once has a list. */
export type KafkaHeaders = { readonly [name: string]: Uint8Array | readonly Uint8Array[] | undefined };

/** One message of a partition, as a broker keeps it. */
export interface KafkaRecord {
  readonly offset: number;
  /** Epoch ms: when it was made or appended, as the topic is set; null when it has none. */
  readonly timestamp: number | null;
  readonly key: Uint8Array | null;
  /** Null for a tombstone. */
  readonly value: Uint8Array | null;
  readonly headers: KafkaHeaders;
}

/** What one fetch brought from one partition. */
export interface FetchedPartition {
  readonly partition: number;
  readonly records: readonly KafkaRecord[];
  /** Offset to go on from: behind the last record, and behind what is no record (transaction markers, aborted ones). */
  readonly next: number;
  /** Offset that the next committed record of the partition will get, as the broker knew it. */
  readonly end: number;
}

/** Offsets of the first record that is still there, and of the next one to come. */
export interface OffsetBounds {
  readonly first: number;
  readonly end: number;
}

export interface TopicDescription {
  /** The cluster's own id; null when it has none. */
  readonly cluster: string | null;
  readonly partitions: readonly number[];
}

/** Offsets by partition. */
export type Offsets = ReadonlyMap<number, number>;

/**
 * What the source needs of a Kafka client: partitions read by assignment, no group membership (docs/kafka.md says why). The one
 * place to put another client in.
 *
 * Every method connects when it must and makes one attempt: whoever calls decides what to try again. After a failure call
 * `disconnect` and begin anew. Every method throws {@link KafkaFault}.
 */
export interface KafkaClient {
  /** Asks the cluster afresh about the topic. */
  describe(): Promise<TopicDescription>;
  bounds(partitions: readonly number[]): Promise<ReadonlyMap<number, OffsetBounds>>;
  /**
   * Reads on from these offsets; only committed records. Partitions that had nothing to say may be left out.
   * @param bytes to ask for in all, and of each partition; at least one whole batch of records comes, however large
   * @param waitMillis how long a broker may wait when it has nothing
   */
  fetch(from: Offsets, bytes: FetchBytes, waitMillis: number): Promise<readonly FetchedPartition[]>;
  /** Records offsets for a consumer group that has no members, where lag monitors look. */
  commit(group: string, offsets: Offsets): Promise<void>;
  /** Closes all connections; a call that is under way fails. The client may be used again. */
  disconnect(): Promise<void>;
}

export interface FetchBytes {
  readonly total: number;
  readonly partition: number;
}

/**
 * - `passing`: may be gone on the next attempt (no answer, a broker that restarts, a leader that moves);
 * - `absent`: the topic is not there (it may be about to be made, or made again);
 * - `refused`: will not get better by waiting (credentials, permission, a codec that is not understood);
 * - `out-of-range`: an offset that was asked for is not in its partition.
 */
export type FaultKind = 'passing' | 'absent' | 'refused' | 'out-of-range';

/** Why a client could not do what it was asked. */
export class KafkaFault extends Error {
  override readonly name = 'KafkaFault';

  constructor(
    readonly kind: FaultKind,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
