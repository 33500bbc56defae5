import { register, step, type PCollection, type Root } from '../../../beam/index.js';
import { runnerApi } from '../../../beam/portable/internals.js';
import { BLOCK_ROWS, parDo, type Block } from '../../../transforms/block.js';
import type { Message } from '../../../transforms/reading.js';
import { encodeLanding } from './landing-file.js';
import { contentName, landingFolder, stopMarker } from './stream-folder.js';
import { streamMessage, type StreamMessage } from './stream-message.js';
import type { StreamingOptions } from './streaming-options.js';
import { workerSource } from './worker-source.js';
import { workerStorage } from './worker-storage.js';

/** Messages and bytes of one pull: a landing file, and what a bundle holds in memory. */
const PULL_LIMITS = { messages: 5_000, bytes: 16 << 20 };

/** Milliseconds between two pulls of a task. */
const TICK_MILLIS = 100;

/** Flink's own unbounded source of nothing: an empty element every so many milliseconds, in every task. */
const STREAMING_IMPULSE = 'flink:transform:streaming_impulse:v1';

/**
 * Pulls from a source with each tick, lands what came, and only then acknowledges it and hands it on.
 *
 * Delivery: at least once, without a checkpoint: a message is acknowledged when the lake has it, and what the lake has is
 * committed, whatever becomes of this bundle. Stops pulling once the job's stop marker is there.
 */
export class PullAndLand {
  constructor(
    readonly source_url: string,
    readonly lake: string,
    readonly job: string,
  ) {}

  async *process(): AsyncGenerator<Block<StreamMessage>> {
    const storage = workerStorage(this.lake);
    if ((await storage.stat(stopMarker(this.job))) !== null) return;
    const source = await workerSource(this.source_url);
    const pulled = await source.pull(PULL_LIMITS);
    if (pulled.messages.length === 0) return;
    const received = Date.now();
    const messages = pulled.messages.map((message) => streamMessage(message, source.url, received));
    const bytes = encodeLanding(messages);
    await storage.putIfAbsent(landingFolder(this.job) + contentName(bytes), bytes);
    await pulled.acknowledge();
    for (let at = 0; at < messages.length; at += BLOCK_ROWS) yield messages.slice(at, at + BLOCK_ROWS);
  }
}

/** Reads a source in every task of a job on Flink, as blocks of messages that have landed. */
export function pullAndLand(
  root: Root,
  sourceUrl: string,
  { lake, job }: Pick<StreamingOptions, 'lake' | 'job'>,
): PCollection<Block<Message>> {
  const ticks = root.apply(step('Tick', streamingImpulse) as never) as PCollection<Uint8Array>;
  const pull = new PullAndLand(sourceUrl, lake, job);
  return ticks.apply(step('Pull and land', parDo(pull as never)) as never) as PCollection<Block<Message>>;
}

interface ExpandingPipeline {
  readonly context: { getCoderId(coder: object): string };
  createPCollectionInternal(coder: string, windowing: undefined, bounded: number): PCollection<Uint8Array>;
}

/** The leaf, in the form in which the SDK expands its own primitives; no part of it runs in a worker. */
function streamingImpulse(_root: Root, pipeline: ExpandingPipeline, transform: { spec?: object }) {
  const payload = Buffer.from(JSON.stringify({ interval_ms: TICK_MILLIS, message_count: 0 }));
  transform.spec = { urn: STREAMING_IMPULSE, payload };
  const coder = pipeline.context.getCoderId(BYTES_CODER);
  return pipeline.createPCollectionInternal(coder, undefined, runnerApi.IsBounded_Enum.UNBOUNDED);
}

/** The standard coder of bytes, as far as a graph needs it. */
const BYTES_CODER = {
  toProto: () => ({ spec: { urn: 'beam:coder:bytes:v1', payload: new Uint8Array() }, componentCoderIds: [] }),
};

register('pipeline/engines/streaming/pull-and-land', { PullAndLand });
