import { register, step, type PCollection } from '../../beam/index.js';
import { parDo, type Block } from '../../transforms/block.js';
import { GRAPH_OUTPUTS, type GraphOutput } from '../graph-output.js';

/** What a graph produced, by output: blocks in the order in which they arrived. */
export type Collected = Readonly<Record<GraphOutput, readonly Block<unknown>[]>>;

/** Running collections of this process, by the name of the run: a DoFn is copied, so it finds its sink by name. */
const collections = new Map<string, Record<GraphOutput, Block<unknown>[]>>();

/** Opens the sink of a run. */
export function openCollection(run: string): void {
  collections.set(run, Object.fromEntries(GRAPH_OUTPUTS.map((output) => [output, []])) as never);
}

/** Closes the sink of a run and hands over what it holds. */
export function takeCollection(run: string): Collected {
  const collected = collections.get(run);
  if (!collected) throw new Error(`collect: no sink is open for the run ${run}`);
  collections.delete(run);
  return collected;
}

/** Hands blocks to the engine that runs the graph in this process; the engine settles and commits them. */
export class Collect {
  constructor(
    readonly run: string,
    readonly output: GraphOutput,
  ) {}

  *process(block: Block<unknown>): Generator<never> {
    collections.get(this.run)?.[this.output].push(block);
  }
}

/** Writes an output of the graph into the sink of a run. Delivery: nothing is durable until the engine commits. */
export function collect(run: string, output: GraphOutput, rows: PCollection<never>): void {
  rows.apply(step(`Write ${output}`, parDo(new Collect(run, output) as never)) as never);
}

register('pipeline/sinks/collect', { Collect });
