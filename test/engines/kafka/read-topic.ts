import { KafkaSource } from '../../../pipeline/sources/kafka/kafka-source.js';
import type { SourceMessage, SourcePositions } from '../../../pipeline/sources/source.js';
import type { KafkaBroker } from './broker.js';

export const LIMITS = { messages: 1_000, bytes: 64 << 20 };

/** A source on a broker; its notices go to a list. */
export function openTopic(broker: KafkaBroker, topic: string, bounded: boolean, notices: string[] = []): KafkaSource {
  return openUrl(`kafka://${broker.address}/${topic}`, bounded, notices);
}

export function openUrl(url: string, bounded: boolean, notices: string[] = []): KafkaSource {
  return KafkaSource.open(url, {}, { bounded, clock: Date.now, notice: (line) => notices.push(line) });
}

export interface ReadTopic {
  readonly messages: SourceMessage[];
  readonly positions: SourcePositions;
}

/** Reads on from positions to the end, acknowledging each pull, and closes the source. */
export async function readToEnd(source: KafkaSource, from: SourcePositions | null = null): Promise<ReadTopic> {
  const messages: SourceMessage[] = [];
  try {
    await source.resume(from);
    for (;;) {
      const pulled = await source.pull(LIMITS);
      messages.push(...pulled.messages);
      await pulled.acknowledge();
      if (pulled.drained) return { messages, positions: JSON.parse(JSON.stringify(pulled.positions)) };
    }
  } finally {
    await source.close();
  }
}

export const textsOf = (messages: readonly SourceMessage[]): string[] =>
  messages.map((message) => Buffer.from(message.payload).toString());
