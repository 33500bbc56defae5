import { qualifiedName, type Table } from '../../schema/column.js';
import type { Row } from '../../lake/parquet.js';
import type { RowAppender } from './append-rows.js';
import { STREAM_LEASE_MILLIS, type StreamMarks } from './stream-marks.js';

/** A mark that is older than this is renewed, ms. */
const RENEW_MILLIS = 60_000;

/** A stream gives up its claim well before a load takes over, ms. */
const CLAIM_MILLIS = STREAM_LEASE_MILLIS / 2;

/**
 * One table's way into the warehouse as its batches are committed: which batches this stream has written, and which are
 * its to write.
 *
 * Delivery: each row of the batches in its marks at least once. A batch belongs to the stream only while its mark is
 * fresh; what it cannot write in time it leaves to `vitals load`, and goes on behind it.
 */
export class TableStream {
  /** Whether the mark is this stream's: one that has never written must not move another's. */
  #owned = false;

  private constructor(
    readonly table: Table,
    private readonly marks: StreamMarks,
    private readonly appender: RowAppender,
    private readonly clock: () => number,
    private first: number,
    private last: number,
    private markedAt: number,
  ) {}

  /** @param head the newest batch of the lake: what is older than a new stream is for a load to bring, which is free */
  static async begin(
    table: Table,
    marks: StreamMarks,
    appender: RowAppender,
    clock: () => number,
    head: number,
  ): Promise<TableStream> {
    const { newest } = await marks.read();
    const goesOn = newest !== null && clock() - newest.at < CLAIM_MILLIS;
    if (goesOn) return new TableStream(table, marks, appender, clock, newest.first, newest.last, newest.at);
    const stream = new TableStream(table, marks, appender, clock, head + 1, head, clock());
    await stream.#mark(clock());
    return stream;
  }

  get name(): string {
    return qualifiedName(this.table);
  }

  /** The last batch that is written. */
  get through(): number {
    return this.last;
  }

  /** Gives up what it could not write in time; the batches that are left to a load, if any. */
  async yieldIfLate(head: number): Promise<{ readonly first: number; readonly last: number } | null> {
    if (this.clock() - this.markedAt < CLAIM_MILLIS || head <= this.last) return null;
    const left = { first: this.last + 1, last: head };
    this.first = head + 1;
    this.last = head;
    await this.#mark(this.clock());
    return left;
  }

  append(rows: readonly Row[]): Promise<void> {
    return this.appender.append(rows);
  }

  /** All rows up to a batch are acknowledged. */
  async written(through: number): Promise<void> {
    const stale = this.clock() - this.markedAt >= RENEW_MILLIS;
    if (through <= this.last && !stale) return;
    this.last = Math.max(this.last, through);
    await this.#mark(this.clock());
  }

  /** Ends the stream; what comes after its mark is a load's to bring, at once. */
  async close(): Promise<void> {
    this.appender.close();
    if (this.#owned) await this.#mark(0);
  }

  async #mark(at: number): Promise<void> {
    await this.marks.write(this.first, this.last, at);
    this.markedAt = at;
    this.#owned = true;
  }
}
