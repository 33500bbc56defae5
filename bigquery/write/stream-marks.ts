import { createHash } from 'node:crypto';
import type { Storage } from '../../lake/storage/storage.js';
import { normalizeRanges, type BatchRange } from '../load/batch-set.js';

/** Below the lake's root. Must not be deleted while a stream's table lives: it says what the stream has written. */
const FOLDER = '_streamed/';

/** A stream that has not renewed its mark for so long leaves what follows to load jobs, ms. */
export const STREAM_LEASE_MILLIS = 600_000;

/** What streams have written into one table, and when the last one was heard of. */
export interface Streamed {
  /** Batches all of whose rows BigQuery has acknowledged. */
  readonly ranges: readonly BatchRange[];
  /** The newest stream: it goes on after `last`, if `at` (epoch ms) is recent; 0 when it has ended. */
  readonly newest: { readonly first: number; readonly last: number; readonly at: number } | null;
}

/**
 * How far a table has been written by streams, kept in the lake as names of empty objects: `<first>-<last>-<epoch ms>`.
 * A range without batches (last = first - 1) is a stream that has begun and has not yet written.
 */
export class StreamMarks {
  readonly #folder: string;

  /** @param generation creation time of the table: one that is created anew has nothing streamed into it */
  constructor(
    private readonly storage: Storage,
    project: string,
    table: string,
    generation: string,
  ) {
    const name = createHash('sha256').update(`${project}.${table}@${generation}`).digest('hex').slice(0, 16);
    this.#folder = `${FOLDER}${name}/`;
  }

  async read(): Promise<Streamed> {
    const marks = await this.#marks();
    // A later stream begins later; of one stream, the mark that was not yet removed is the lesser.
    const newest = [...marks].sort((a, b) => a.first - b.first || a.last - b.last || a.at - b.at).at(-1) ?? null;
    const ranges = marks.filter(({ first, last }) => last >= first);
    return { ranges: normalizeRanges(ranges), newest };
  }

  /** Moves the mark of the stream that began at `first`. A write that is lost is harmless: rows come twice, none is lost. */
  async write(first: number, last: number, at: number): Promise<void> {
    const older = (await this.#marks()).filter((mark) => mark.first === first);
    const name = nameOf(first, last, at);
    await this.storage.putIfAbsent(this.#folder + name, Buffer.from('\n'));
    for (const mark of older) {
      const stale = nameOf(mark.first, mark.last, mark.at);
      if (stale !== name) await this.storage.delete(this.#folder + stale);
    }
  }

  async #marks(): Promise<readonly { first: number; last: number; at: number }[]> {
    const names = (await this.storage.list(this.#folder)).map((path) => path.slice(this.#folder.length));
    return names.flatMap((name) => {
      const [, first, last, at] = /^(\d{12})-(\d{12})-(\d{15})$/.exec(name) ?? [];
      return first === undefined ? [] : [{ first: Number(first), last: Number(last), at: Number(at) }];
    });
  }
}

function nameOf(first: number, last: number, at: number): string {
  const digits = (value: number, n: number) => String(value).padStart(n, '0');
  return `${digits(first, 12)}-${digits(last, 12)}-${digits(at, 15)}`;
}
