import { beam, register, step, type PCollection, type Root } from '../../beam/index.js';
import { instant } from '../../beam/instant.js';
import { readMessages } from '../../lake/frozen-batch.js';
import { openStorage } from '../../lake/storage/open.js';
import { apply, BLOCK_ROWS, parDo, type Block } from '../../transforms/block.js';
import type { Message } from '../../transforms/reading.js';
import type { Group } from '../../transforms/window.js';

/** A stretch of rows of a bronze file; plain JSON, because it crosses a shuffle. */
export interface FrozenPart {
  /** Spreads parts over workers. */
  readonly part: string;
  readonly batch: number;
  /** The file's path in its table, and its size in bytes. */
  readonly path: string;
  readonly bytes: number;
  /** Rows of the file, from the first one up to and without the last. */
  readonly from: number;
  readonly to: number;
}

/** A frozen batch, as a graph that reads it names it. */
export interface FrozenFiles {
  readonly lake: string;
  readonly batch: number;
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly rows: number }[];
}

/** Deals the rows of a batch's files into parts of nearly the same size. */
export function partsOf({ batch, files }: FrozenFiles, parts: number): FrozenPart[] {
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  const size = Math.max(1, Math.ceil(rows / parts));
  const dealt: FrozenPart[] = [];
  for (const { path, bytes, rows: length } of files) {
    for (let from = 0; from < length; from += size) {
      dealt.push({ part: String(dealt.length), batch, path, bytes, from, to: Math.min(length, from + size) });
    }
  }
  return dealt;
}

/** Names the parts of a batch. */
export class NameParts {
  constructor(readonly parts: readonly FrozenPart[]) {}

  *process(): Generator<FrozenPart> {
    yield* this.parts;
  }
}

/** The element's timestamp: parts have none, and without one a shuffle loses them on some runners. */
export function partTimestamp(): unknown {
  return instant(0);
}

/** Reads a part of a frozen batch out of bronze, as blocks of messages. */
export class ReadPart {
  constructor(readonly lake: string) {}

  async *process(part: FrozenPart): AsyncGenerator<Block<Message>> {
    yield* blocksOf(this.lake, part);
  }
}

/** Reads the parts that a shuffle has brought together. */
export class ReadParts {
  constructor(readonly lake: string) {}

  async *process({ value }: Group<FrozenPart>): AsyncGenerator<Block<Message>> {
    for (const part of value) yield* blocksOf(this.lake, part);
  }
}

async function* blocksOf(lake: string, { path, bytes, batch, from, to }: FrozenPart): AsyncGenerator<Block<Message>> {
  const messages = await messagesOf(lake, path, bytes, batch);
  for (let at = from; at < to; at += BLOCK_ROWS) yield messages.slice(at, Math.min(to, at + BLOCK_ROWS));
}

/** The file that this process read last: its parts follow each other. */
let last: { readonly file: string; readonly messages: Promise<readonly Message[]> } | null = null;

function messagesOf(lake: string, path: string, bytes: number, batch: number): Promise<readonly Message[]> {
  const file = `${lake}/${path}`;
  if (last?.file !== file) last = { file, messages: readMessages(openStorage(lake), [{ path, bytes }], batch) };
  return last.messages;
}

/**
 * The source of a bounded graph on several workers: an impulse, the parts of a frozen batch, a shuffle that spreads them,
 * and the messages as each worker reads them out of bronze. Payloads cross no stage: they are decoded where they are read.
 *
 * Delivery: exactly what was frozen, again and again; the order of parts is open. A bronze file that is gone or is not what
 * was frozen fails the job.
 *
 * @param parts how many parts a batch is read in; of one alone nothing is spread
 */
export function readFrozenParts(root: Root, frozen: FrozenFiles, parts: number): PCollection<Block<Message>> {
  const impulse = root.apply(step('Impulse', beam.impulse()) as never) as PCollection<unknown>;
  const named = apply(impulse, 'Parts', parDo(new NameParts(partsOf(frozen, parts)) as never));
  // Nothing to spread; and a runner that drops late data in bounded jobs (Prism) would take what follows a shuffle for late.
  if (parts === 1) return apply(named as never, 'Read', parDo(new ReadPart(frozen.lake) as never)) as never;
  const stamped = apply(named as never, 'Stamp parts', beam.assignTimestamps(partTimestamp as never) as never);
  const spread = apply(stamped as never, 'Spread parts', beam.groupBy('part' as never) as never);
  return apply(spread as never, 'Read', parDo(new ReadParts(frozen.lake) as never)) as never;
}

register('pipeline/sources/read-frozen-parts', { NameParts, partTimestamp, ReadPart, ReadParts });
