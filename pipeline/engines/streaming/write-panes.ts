import { register, step, type PCollection } from '../../../beam/index.js';
import { parDo, type Block } from '../../../transforms/block.js';
import { encodePaneFile, type PaneOutput } from './pane-file.js';
import { contentName, panesFolder } from './stream-folder.js';
import type { StreamingOptions } from './streaming-options.js';
import { workerStorage } from './worker-storage.js';

export type { PaneOutput } from './pane-file.js';

/**
 * Writes what a bundle brings of one output of the graph into one pane file.
 *
 * Delivery: at least once; a pane that is fired or written again is taken once by the committer, which knows rows by their
 * message and item. A pane that is lost costs time, never data: the committer runs what it has waited for too long.
 */
export class WritePanes {
  /** Of the running bundle; made anew with each, because a DoFn is used again. */
  pending: object[] = [];

  constructor(
    readonly lake: string,
    readonly folder: string,
    readonly output: PaneOutput,
  ) {}

  startBundle(): void {
    this.pending = [];
  }

  *process(block: Block<object>): Generator<never> {
    for (const row of block) this.pending.push(row);
  }

  async *finishBundle(): AsyncGenerator<never> {
    if (this.pending.length === 0) return;
    const bytes = encodePaneFile(this.output, this.pending);
    this.pending = [];
    await workerStorage(this.lake).putIfAbsent(this.folder + contentName(bytes), bytes);
  }
}

/** Hands an output of the graph to the committer. */
export function writePanes(rows: PCollection<never>, output: PaneOutput, options: StreamingOptions): void {
  const sink = new WritePanes(options.lake, panesFolder(options), output);
  rows.apply(step(`Write ${output}`, parDo(sink as never)) as never);
}

register('pipeline/engines/streaming/write-panes', { WritePanes });
