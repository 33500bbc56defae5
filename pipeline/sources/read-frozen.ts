import { beam, register, step, type PCollection, type Root } from '../../beam/index.js';
import { BLOCK_ROWS, parDo, type Block } from '../../transforms/block.js';
import type { Message } from '../../transforms/reading.js';

/** Frozen batches that this process holds, by the name of the run. */
const batches = new Map<string, readonly Message[]>();

/** Lends a frozen batch to the graph of a run; take it back when the run has ended. */
export function lendFrozen(run: string, messages: readonly Message[]): void {
  batches.set(run, messages);
}

export function takeBackFrozen(run: string): void {
  batches.delete(run);
}

/** Reads the frozen batch of a run as blocks of messages. */
export class ReadFrozen {
  constructor(readonly run: string) {}

  *process(): Generator<Block<Message>> {
    const messages = batches.get(this.run);
    if (!messages) throw new Error(`read: no frozen batch is lent to the run ${this.run}`);
    for (let at = 0; at < messages.length; at += BLOCK_ROWS) yield messages.slice(at, at + BLOCK_ROWS);
  }
}

/**
 * The source of a bounded graph: impulse, then the messages that bronze has frozen, in their order.
 *
 * Delivery: exactly what was frozen, again and again.
 */
export function readFrozen(root: Root, run: string): PCollection<Block<Message>> {
  const impulse = root.apply(step('Impulse', beam.impulse()) as never) as PCollection<unknown>;
  return impulse.apply(step('Read', parDo(new ReadFrozen(run) as never)) as never) as PCollection<Block<Message>>;
}

register('pipeline/sources/read-frozen', { ReadFrozen });
