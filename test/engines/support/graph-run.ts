import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import type { PCollection, Root } from '../../../beam/index.js';
import type { WorkerSetup } from '../../../beam/portable/index.js';
import { appendFired, readFired, readNdjson } from '../../../beam/testing/index.js';
import { bronzeRows } from '../../../pipeline/engines/micro-batch/freeze.js';
import { provideShareResources } from '../../../pipeline/engines/micro-batch/share-resources.js';
import { buildGraph, type GraphOptions } from '../../../pipeline/graph.js';
import { GRAPH_OUTPUTS, type GraphOutput } from '../../../pipeline/graph-output.js';
import { BLOCK_ROWS, type Block } from '../../../transforms/block.js';
import { SETTING } from '../../support/direct.js';
import type { Message } from '../../../transforms/reading.js';

/** The graph as these tests set it: no patient records and no model. */
export const GRAPH = SETTING.graph;

/** Gives the DoFns of this process what they take by name. */
export function provideTestResources(): void {
  provideShareResources(SETTING);
}

/** The same for the processes of a pool. */
export const WORKER_SETUP: WorkerSetup = {
  module: fileURLToPath(new URL('./set-up-worker.mjs', import.meta.url)),
  argument: GRAPH,
};

/** Lines on the wire as blocks of frozen messages. */
export function frozenBlocks(lines: readonly string[], receiveTime: number): Block<Message>[] {
  const messages = lines.map((line) => ({
    payload: Buffer.from(line, 'latin1'),
    attributes: null,
    dialect: null,
    message_id: null,
    publish_time: null,
  }));
  const rows = bronzeRows(messages, 1, 'memory:test', receiveTime);
  return Array.from({ length: Math.ceil(rows.length / BLOCK_ROWS) }, (_, i) =>
    rows.slice(i * BLOCK_ROWS, (i + 1) * BLOCK_ROWS),
  );
}

/** Builds the whole graph from a file of frozen blocks to a folder for each output. */
export function graphOver(root: Root, file: string, folder: string, options: Partial<GraphOptions> = {}): void {
  for (const output of GRAPH_OUTPUTS) mkdirSync(join(folder, output), { recursive: true });
  buildGraph(
    root,
    {
      read: (from) => readNdjson<Block<Message>>(from, file),
      write: (output, rows) => appendFired(`Write ${output}`, join(folder, output), rows as PCollection<unknown>),
    },
    { ...GRAPH, ...options },
  );
}

/** What a run has written: the rows of each output as canonical JSON, sorted, because a bundle has no order. */
export function rowsOf(folder: string): Readonly<Record<GraphOutput, readonly string[]>> {
  const entries = GRAPH_OUTPUTS.map((output) => {
    const blocks = readFired<Block<unknown>>(join(folder, output));
    return [output, blocks.flatMap(({ value }) => value.map(canonical)).sort()];
  });
  return Object.fromEntries(entries) as Record<GraphOutput, string[]>;
}

/** Keys in order, because a coder may change theirs. */
function canonical(row: unknown): string {
  return JSON.stringify(row, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** The processes that have written. */
export function writersOf(folder: string): Set<number> {
  return new Set(GRAPH_OUTPUTS.flatMap((output) => readFired(join(folder, output)).map(({ pid }) => pid)));
}
