import { createRequire } from 'node:module';
import type { logLevel as LogLevel } from 'kafkajs';

/*
 * kafkajs joins a group to read; it has no public way to read partitions by assignment. Its cluster and broker classes have
 * one, and are what its own consumer stands on. They are not its promised interface, so the version is held to: this file is
 * the only one that reaches into the package, and says exactly what it takes.
 */

/** The version whose inside this file describes. */
export const KAFKAJS_VERSION = '2.2.4';

/** As kafkajs decodes it from the wire. */
export interface RawRecord {
  readonly offset: string;
  readonly timestamp: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: { readonly [name: string]: Buffer | readonly Buffer[] | undefined };
}

export interface RawPartition {
  readonly partition: number;
  readonly highWatermark: string;
  /** From version 4 of the fetch response on; -1 or absent when the broker does not say. */
  readonly lastStableOffset?: string;
  readonly messages: readonly RawRecord[];
}

interface Topics<T> {
  readonly topic: string;
  readonly partitions: readonly T[];
}

export interface Broker {
  fetch(request: {
    readonly isolationLevel: number;
    readonly maxWaitTime: number;
    readonly minBytes: number;
    readonly maxBytes: number;
    readonly topics: readonly Topics<{ partition: number; fetchOffset: string; maxBytes: number }>[];
  }): Promise<{ readonly responses: readonly { topicName: string; partitions: readonly RawPartition[] }[] }>;
  offsetCommit(request: {
    readonly groupId: string;
    readonly groupGenerationId: number;
    readonly memberId: string;
    readonly topics: readonly Topics<{ partition: number; offset: string }>[];
  }): Promise<unknown>;
}

export interface Cluster {
  readonly brokerPool: { readonly metadata: { readonly clusterId: string | null } | null };
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  addTargetTopic(topic: string): Promise<void>;
  refreshMetadata(): Promise<void>;
  findTopicPartitionMetadata(topic: string): readonly { readonly partitionId: number }[];
  findLeaderForPartitions(topic: string, partitions: readonly number[]): { readonly [node: string]: readonly number[] };
  findBroker(request: { nodeId: string }): Promise<Broker>;
  findGroupCoordinator(request: { groupId: string }): Promise<Broker>;
  fetchTopicsOffset(
    topics: readonly { topic: string; partitions: readonly { partition: number }[]; fromBeginning: boolean }[],
  ): Promise<readonly Topics<{ partition: number; offset: string }>[]>;
}

/** What a fetch brought of one partition, without markers and aborted records, and without what lies before the offset. */
export interface FilteredBatch {
  readonly rawMessages: readonly RawRecord[];
  readonly messagesWithinOffset: readonly RawRecord[];
  readonly messages: readonly RawRecord[];
}

interface Internals {
  readonly Cluster: new (options: object) => Cluster;
  readonly Batch: new (topic: string, fetchedOffset: string, partition: RawPartition) => FilteredBatch;
  readonly createLogger: (options: { level: LogLevel; logCreator: () => () => void }) => object;
  readonly socketFactory: () => object;
}

/** Loads the classes. @throws Error when another version of kafkajs is installed */
export function loadInternals(): Internals {
  const require = createRequire(import.meta.url);
  const { version } = require('kafkajs/package.json') as { version: string };
  if (version !== KAFKAJS_VERSION) {
    throw new Error(
      `kafka: kafkajs ${version} is installed; this program reads partitions with ${KAFKAJS_VERSION} only`,
    );
  }
  return {
    Cluster: require('kafkajs/src/cluster') as Internals['Cluster'],
    Batch: require('kafkajs/src/consumer/batch') as Internals['Batch'],
    createLogger: (require('kafkajs/src/loggers') as { createLogger: Internals['createLogger'] }).createLogger,
    socketFactory: require('kafkajs/src/network/socketFactory') as Internals['socketFactory'],
  };
}
