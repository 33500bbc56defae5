import { ConfigurationError } from '../../../schema/errors.js';
import type { SourcePositions } from '../source.js';
import type { OffsetBounds, Offsets } from './kafka-client.js';
import type { KafkaSettings } from './kafka-settings.js';

/** Where a topic stands in the lake. */
export interface KafkaPositions {
  /** Id of the cluster that the offsets are of; null when it has none. */
  readonly cluster: string | null;
  readonly topic: string;
  /** Offset of the next record by partition. */
  readonly next: Offsets;
  /** Offsets by partition that were gone before they were read, and skipped because `offset_reset` said so. */
  readonly lost: Offsets;
}

/** As it is recorded with a bronze commit. */
export function encodePositions({ cluster, topic, next, lost }: KafkaPositions): SourcePositions {
  return { kafka: { cluster, topic, next: Object.fromEntries(next), lost: Object.fromEntries(lost) } };
}

/** What a bronze commit recorded for this topic; null when it is of another source or topic. */
export function decodePositions(recorded: SourcePositions | null, topic: string): KafkaPositions | null {
  const found = recorded?.['kafka'] as
    { topic: string; cluster: string | null; next: object; lost: object } | undefined;
  if (found?.topic !== topic) return null;
  return { cluster: found.cluster, topic, next: offsetsOf(found.next), lost: offsetsOf(found.lost) };
}

function offsetsOf(members: object): Offsets {
  return new Map(Object.entries(members).map(([partition, offset]) => [Number(partition), offset as number]));
}

/** Where each partition is to be read on from, and what was skipped. */
export interface Placement {
  readonly next: Map<number, number>;
  readonly lost: Map<number, number>;
  /** Partitions whose recorded offset was gone. */
  readonly reset: readonly number[];
}

/**
 * Places every partition by what the lake has recorded. A partition that it does not know is read from its first record
 * (one that was added must lose nothing), except when the whole topic is new to the lake and `start` says `latest`.
 *
 * @param recorded null when the topic is new to the lake
 * @param cluster id of the cluster that answers now
 * @throws ConfigurationError when a recorded offset is not in its partition any more and `offset_reset` is `none`
 */
export function place(
  settings: KafkaSettings,
  recorded: KafkaPositions | null,
  cluster: string | null,
  bounds: ReadonlyMap<number, OffsetBounds>,
): Placement {
  const foreign = recorded !== null && recorded.cluster !== null && cluster !== null && recorded.cluster !== cluster;
  if (foreign && settings.offsetReset === 'none') {
    throw gone(settings, `cluster ${cluster} is not the one that was read before (${recorded.cluster})`);
  }
  const next = new Map<number, number>();
  const lost = new Map(recorded?.lost);
  const reset: number[] = [];
  for (const [partition, { first, end }] of bounds) {
    const known = recorded?.next.get(partition);
    if (known === undefined) {
      next.set(partition, recorded === null && settings.start === 'latest' ? end : first);
    } else if (!foreign && known >= first && known <= end) {
      next.set(partition, known);
    } else if (settings.offsetReset === 'none') {
      const range = `offset ${known} of partition ${partition} is gone: it holds ${first} to ${end}`;
      throw gone(settings, range);
    } else {
      const from = settings.offsetReset === 'earliest' ? first : end;
      next.set(partition, from);
      reset.push(partition);
      // Of a partition that was made anew nobody knows what was lost.
      if (!foreign && from > known) lost.set(partition, (lost.get(partition) ?? 0) + from - known);
    }
  }
  return { next, lost, reset };
}

function gone({ address }: KafkaSettings, problem: string): ConfigurationError {
  return new ConfigurationError(
    '--source',
    `${address.url}: ${problem}`,
    'Messages may be lost. Name the right cluster, or add ?offset_reset=earliest (or latest) to go on with what is there; ' +
      'what is skipped is counted in the positions of the bronze log.',
  );
}
