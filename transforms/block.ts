import { beam, step, type PCollection } from '../beam/index.js';
import type { Reject, Staged } from './reject.js';

/**
 * What crosses a stage boundary: up to about a thousand rows of one window. A row costs nothing inside a block, whereas
 * an element costs microseconds, and a coder round trip on a portable engine.
 */
export type Block<T> = readonly T[];

/** Rows that a reader puts into a block: large enough to amortise the element, small enough to stay in cache. */
export const BLOCK_ROWS = 1_000;

/** A stage's output: what went through, and what did not. */
export interface StagedCollections<T> {
  readonly rows: PCollection<Block<T>>;
  readonly rejects: PCollection<Block<Reject>>;
}

/** An element of a staged DoFn's output, before the split. */
export type StagedElement<T> = { readonly rows: Block<T> } | { readonly rejects: Block<Reject> };

/** A DoFn as this project writes them: plain JSON fields, a generator over blocks. */
export interface BlockFn<In, Out> {
  process(element: In): Generator<Out>;
}

export type Transform<In, Out> = (input: PCollection<In>) => Out;

/** Applies a pure function to every row of a block, gathering what each returns. */
export function* stageBlock<In, Out>(block: Block<In>, stage: (row: In) => Staged<Out>): Generator<StagedElement<Out>> {
  const rows: Out[] = [];
  const rejects: Reject[] = [];
  for (const row of block) {
    const staged = stage(row);
    for (const out of staged.rows) rows.push(out);
    for (const reject of staged.rejects) rejects.push(reject);
  }
  if (rows.length > 0) yield { rows };
  if (rejects.length > 0) yield { rejects };
}

/** A DoFn as a step. */
export function parDo<In, Out>(fn: BlockFn<In, Out>): Transform<In, PCollection<Out>> {
  return beam.parDo(fn as never) as unknown as Transform<In, PCollection<Out>>;
}

/** A DoFn whose elements are `{ rows }` or `{ rejects }`, as a step with two outputs. */
export function stagedParDo<In, Out>(
  fn: BlockFn<Block<In>, StagedElement<Out>>,
): Transform<Block<In>, StagedCollections<Out>> {
  return (input) => {
    const staged = apply(input, 'Rows', parDo(fn));
    return apply(staged, 'Split', beam.split(['rows', 'rejects']) as never);
  };
}

/** Applies a step under its explicit, stable name. */
export function apply<In, Out>(input: PCollection<In>, name: string, transform: Transform<In, Out>): Out {
  return input.apply(step(name, transform) as never) as Out;
}
