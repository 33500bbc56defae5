import {
  KafkaFault,
  type FetchedPartition,
  type KafkaClient,
  type KafkaRecord,
  type OffsetBounds,
  type Offsets,
  type TopicDescription,
} from '../../../pipeline/sources/kafka/kafka-client.js';

/** A topic in memory: values by partition; `null` stands for a marker, which has an offset and is no record. */
export class FakeTopic implements KafkaClient {
  readonly partitions: (string | null)[][];
  /** Offset of the first record that is still there, by partition. */
  readonly first: number[];
  cluster = 'cluster-1';
  /** Called before each method; throws to make it fail. */
  fault: (method: string) => void = () => undefined;
  /** Records that a fetch gives of a partition at most. */
  fetchRecords = 3;
  fetches = 0;
  /** A fetch waits for it. */
  slowness: Promise<void> = Promise.resolve();
  disconnects = 0;
  readonly commits: Offsets[] = [];

  constructor(partitions: readonly (readonly (string | null)[])[]) {
    this.partitions = partitions.map((values) => [...values]);
    this.first = partitions.map(() => 0);
  }

  async describe(): Promise<TopicDescription> {
    this.fault('describe');
    return { cluster: this.cluster, partitions: this.partitions.map((_, partition) => partition) };
  }

  async bounds(partitions: readonly number[]): Promise<ReadonlyMap<number, OffsetBounds>> {
    this.fault('bounds');
    return new Map(partitions.map((p) => [p, { first: this.first[p]!, end: this.partitions[p]!.length }]));
  }

  async fetch(from: Offsets): Promise<readonly FetchedPartition[]> {
    this.fault('fetch');
    this.fetches += 1;
    await this.slowness;
    // As a broker does when it has nothing: other work gets its turn meanwhile.
    await new Promise(setImmediate);
    return Array.from(from, ([partition, offset]) => {
      const values = this.partitions[partition]!;
      if (offset < this.first[partition]! || offset > values.length)
        throw new KafkaFault('out-of-range', 'out of range');
      const next = Math.min(offset + this.fetchRecords, values.length);
      const records = values
        .slice(offset, next)
        .flatMap((value, i) => (value === null ? [] : [record(offset + i, value)]));
      return { partition, records, next, end: values.length };
    });
  }

  async commit(_group: string, offsets: Offsets): Promise<void> {
    this.fault('commit');
    this.commits.push(offsets);
  }

  async disconnect(): Promise<void> {
    this.disconnects += 1;
  }
}

export function record(offset: number, value: string | null, headers: KafkaRecord['headers'] = {}): KafkaRecord {
  return { offset, timestamp: 1_000 + offset, key: null, value: value === null ? null : Buffer.from(value), headers };
}
