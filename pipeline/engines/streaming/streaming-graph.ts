import type { PCollection, Root } from '../../../beam/index.js';
import type { Block } from '../../../transforms/block.js';
import type { Message } from '../../../transforms/reading.js';
import { buildGraph } from '../../graph.js';
import type { GraphOutput } from '../../graph-output.js';
import { fireEarlyAndLate } from './streaming-windows.js';
import type { StreamingOptions } from './streaming-options.js';
import { writeLanding } from './write-landing.js';
import { writePanes, type PaneOutput } from './write-panes.js';

/** What the committer takes from the runner; gold it computes from the rows of a batch, exactly (docs/continuous.md). */
const TAKEN: Readonly<Partial<Record<GraphOutput, PaneOutput>>> = {
  'silver.patient_vitals': 'silver.patient_vitals',
  'silver.dead_letter': 'silver.dead_letter',
  suppressed: 'suppressed',
};

type ReadMessages = (root: Root) => PCollection<Block<Message>>;

/**
 * The unbounded job of a continuous engine: every message lands in the lake as it came, and the graph, unchanged, turns
 * it into panes. Neither is the truth: the committer freezes what landed in bronze and commits what the panes hold.
 *
 * @param source makes blocks of messages (stream-message.ts) with element timestamps from an unbounded read
 */
export function buildStreamingGraph(root: Root, source: ReadMessages, options: StreamingOptions): void {
  const landing: ReadMessages = (from) => {
    const messages = source(from);
    writeLanding(messages, options);
    return messages;
  };
  buildLandedGraph(root, landing, options);
}

/** The same behind a source that lands its messages itself (pull-and-land.ts). */
export function buildLandedGraph(root: Root, read: ReadMessages, options: StreamingOptions): void {
  const write = (output: GraphOutput, rows: PCollection<never>): void => {
    const taken = TAKEN[output];
    if (taken !== undefined) writePanes(rows, taken, options);
  };
  buildGraph(root, { read, write }, options.graph);
  fireEarlyAndLate(root, options);
}
