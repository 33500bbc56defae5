import { register, step, type PCollection } from '../../../beam/index.js';
import { parDo, type Block } from '../../../transforms/block.js';
import type { Message } from '../../../transforms/reading.js';
import { encodeLanding } from './landing-file.js';
import { contentName, landingFolder } from './stream-folder.js';
import type { StreamMessage } from './stream-message.js';
import type { StreamingOptions } from './streaming-options.js';
import { workerStorage } from './worker-storage.js';

/**
 * Writes the messages of a bundle into one landing file.
 *
 * Delivery: durable before the bundle is acknowledged, hence before the broker is; a bundle that is tried again with the
 * same messages finds its own file. At least once: other bundles may bring the same message again.
 */
export class WriteLanding {
  /** Of the running bundle; made anew with each, because a DoFn is used again. */
  pending: StreamMessage[] = [];

  constructor(
    readonly lake: string,
    readonly folder: string,
  ) {}

  startBundle(): void {
    this.pending = [];
  }

  *process(block: Block<StreamMessage>): Generator<never> {
    for (const message of block) this.pending.push(message);
  }

  async *finishBundle(): AsyncGenerator<never> {
    if (this.pending.length === 0) return;
    const bytes = encodeLanding(this.pending);
    this.pending = [];
    await workerStorage(this.lake).putIfAbsent(this.folder + contentName(bytes), bytes);
  }
}

/** Lands every message in the lake, beside the graph. */
export function writeLanding(messages: PCollection<Block<Message>>, { lake, job }: StreamingOptions): void {
  messages.apply(step('Land', parDo(new WriteLanding(lake, landingFolder(job)) as never)) as never);
}

register('pipeline/engines/streaming/write-landing', { WriteLanding });
