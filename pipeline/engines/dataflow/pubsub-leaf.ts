import { globally } from '../../../beam/globally.js';
import { register, step, type PCollection, type Root } from '../../../beam/index.js';
import { instant } from '../../../beam/instant.js';
import { runnerApi } from '../../../beam/portable/internals.js';
import { BLOCK_ROWS, parDo, type Block } from '../../../transforms/block.js';
import type { Message } from '../../../transforms/reading.js';
import { streamMessage, type StreamMessage } from '../streaming/stream-message.js';
import { decodePubsubMessage } from './pubsub-message-proto.js';

/** What a runner's own Pub/Sub read is asked for. */
export interface PubsubLeafOptions {
  /** `projects/P/subscriptions/S`. */
  readonly subscription: string;
  /** Attribute with the event time (epoch milliseconds or RFC 3339) that drives the watermark; the publish time without. */
  readonly timestampAttribute?: string;
  /** Attribute by which the runner drops what publishers sent twice; the broker's message id without. */
  readonly idAttribute?: string;
}

/** A read that the runner replaces by its own: no code of ours, no Java, no expansion service. */
const PUBSUB_READ = 'beam:transform:pubsub_read:v1';

/** Bytes that wait for the end of a bundle at most: a few messages of Pub/Sub's 10 MB. */
const BLOCK_BYTES = 16 << 20;

/**
 * Reads a subscription by the runner's native Pub/Sub source, as blocks of messages.
 *
 * Delivery: at least once; the runner acknowledges when the bundle that read a message is durable.
 */
export function readPubsubLeaf(root: Root, options: PubsubLeafOptions): PCollection<Block<Message>> {
  const raw = root.apply(step('Read Pubsub', pubsubLeaf(options)) as never) as PCollection<Uint8Array>;
  return readPubsubBytes(raw, pubsubUrl(options.subscription));
}

/** Serialised PubsubMessages, whoever read them, as blocks of messages. @param source URL as it stands in bronze */
export function readPubsubBytes(raw: PCollection<Uint8Array>, source: string): PCollection<Block<Message>> {
  return raw.apply(step('Read', parDo(new DecodePubsub(source))) as never) as PCollection<Block<Message>>;
}

/** `pubsub:projects/P/subscriptions/S`, as `--source` has it. */
export function pubsubUrl(subscription: string): string {
  return `pubsub:${subscription}`;
}

/** Decodes serialised PubsubMessages and gathers those of a bundle into blocks. Never throws because of a message. */
export class DecodePubsub {
  /** Of the running bundle; made anew with each, because a DoFn is used again. */
  pending: StreamMessage[] = [];
  pending_bytes = 0;

  constructor(readonly source: string) {}

  startBundle(): void {
    this.pending = [];
    this.pending_bytes = 0;
  }

  *process(bytes: Uint8Array): Generator<Block<StreamMessage>> {
    this.pending.push(streamMessage(decodePubsubMessage(bytes), this.source, Date.now()));
    this.pending_bytes += bytes.length;
    if (this.pending.length >= BLOCK_ROWS || this.pending_bytes >= BLOCK_BYTES) yield this.take();
  }

  *finishBundle(): Generator<unknown> {
    if (this.pending.length === 0) return;
    const block = this.take();
    const earliest = block.reduce((least, { publish_time }) => Math.min(least, publish_time ?? Infinity), Infinity);
    yield earliest === Infinity ? globally(block) : { ...globally(block), timestamp: instant(earliest) };
  }

  private take(): StreamMessage[] {
    const block = this.pending;
    this.pending = [];
    this.pending_bytes = 0;
    return block;
  }
}

interface ExpandingPipeline {
  readonly context: { getCoderId(coder: object): string };
  createPCollectionInternal(coder: string, windowing: undefined, bounded: number): PCollection<Uint8Array>;
}

/** The leaf itself, in the form in which the SDK expands its own primitives; it has no parts that a worker would run. */
function pubsubLeaf({ subscription, timestampAttribute, idAttribute }: PubsubLeafOptions) {
  return function expand(_root: Root, pipeline: ExpandingPipeline, transform: { spec?: object }) {
    transform.spec = {
      urn: PUBSUB_READ,
      payload: runnerApi.PubSubReadPayload.toBinary(
        runnerApi.PubSubReadPayload.create({
          subscription,
          timestampAttribute: timestampAttribute ?? '',
          idAttribute: idAttribute ?? '',
          withAttributes: true,
        }),
      ),
    };
    const coder = pipeline.context.getCoderId(BYTES_CODER);
    return pipeline.createPCollectionInternal(coder, undefined, runnerApi.IsBounded_Enum.UNBOUNDED);
  };
}

/** The standard coder of bytes, as far as a graph needs it. */
const BYTES_CODER = {
  toProto: () => ({ spec: { urn: 'beam:coder:bytes:v1', payload: new Uint8Array() }, componentCoderIds: [] }),
};

register('pipeline/engines/dataflow/pubsub-leaf', { DecodePubsub });
