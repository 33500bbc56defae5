import { concurrently } from '../../../lake/concurrently.js';
import type { Storage } from '../../../lake/storage/storage.js';
import type { Suppressed } from '../../../transforms/deduplicate.js';
import type { ScoredReading } from '../../../transforms/reading.js';
import { decodePaneFile } from './pane-file.js';
import { RecentKeys } from './recent-keys.js';
import { messageKey } from './stream-message.js';

/** What panes have brought of one message. */
export interface MessagePanes {
  /** By item; a row that comes again is the same row. */
  readonly rows: Map<number, ScoredReading>;
  /** By item: a copy of another message's row, which stayed in its place. */
  readonly suppressed: Map<number, Suppressed>;
  /** Items that were refused whole. */
  readonly refused: Set<number>;
}

interface OpenFile {
  /** Messages that nobody has used yet. */
  readonly open: Set<string>;
  readonly readAt: number;
  /** The last batch that used a message of the file. */
  usedBy: number;
}

/** Messages whose panes are done with, remembered so that a pane that repeats them is not kept for nothing. */
const RECENT_MESSAGES = 500_000;

/** RELIABILITY.md row 56: five minutes ahead is skew. */
const CLOCK_TOLERANCE_MILLIS = 300_000;

/**
 * What the runner made of messages, read from the pane files of a job as they appear, until the committer has used it.
 *
 * Delivery: none is needed. Every pane can be made again from bronze, so files are dropped when they get old or too many.
 */
export class PaneStore {
  readonly #messages = new Map<string, MessagePanes & { readonly files: Set<string> }>();
  readonly #files = new Map<string, OpenFile>();
  readonly #used = new RecentKeys(RECENT_MESSAGES);
  #latestEventTime = -Infinity;

  /** @param retainMillis how long a pane waits for its message to land and be frozen */
  constructor(
    private readonly storage: Storage,
    private readonly folder: string,
    private readonly retainMillis: number,
    private readonly clock: () => number,
  ) {}

  /** Latest event time that a pane has brought; a clock that runs ahead counts as the tolerance only. */
  get latestEventTime(): number {
    return this.#latestEventTime;
  }

  /** How many messages wait to be asked for. */
  get size(): number {
    return this.#messages.size;
  }

  get(key: string): MessagePanes | undefined {
    return this.#messages.get(key);
  }

  /** Whether a message belongs to a batch that has been run: its rows are in silver, or will be before any later batch's. */
  wasUsed(key: string): boolean {
    return this.#used.has(key);
  }

  /** Reads the files that have appeared. @returns whether there were any */
  async refresh(): Promise<boolean> {
    const paths = (await this.storage.list(this.folder)).filter((path) => !this.#files.has(path));
    const contents = await concurrently(paths, (path) => this.storage.readRange(path, 0, null));
    for (const [i, content] of contents.entries()) if (content !== null) this.#read(paths[i] as string, content);
    return paths.length > 0;
  }

  /** Marks the messages of a batch that has run: later panes of them are repeats. */
  use(keys: Iterable<string>, batch: number): void {
    for (const key of keys) {
      this.#used.add(key);
      const message = this.#messages.get(key);
      if (message === undefined) continue;
      this.#messages.delete(key);
      for (const path of message.files) {
        const file = this.#files.get(path);
        if (file === undefined) continue;
        file.open.delete(key);
        file.usedBy = Math.max(file.usedBy, batch);
      }
    }
  }

  /** Deletes files whose every message is used by a committed batch, and those that are too old. */
  async sweep(committed: number): Promise<void> {
    const before = this.clock() - this.retainMillis;
    const done: string[] = [];
    for (const [path, { open, readAt, usedBy }] of this.#files) {
      if ((open.size > 0 || usedBy > committed) && readAt > before) continue;
      for (const key of open) this.#messages.delete(key);
      done.push(path);
    }
    await concurrently(done, (path) => this.storage.delete(path));
    for (const path of done) this.#files.delete(path);
  }

  #read(path: string, content: Uint8Array): void {
    const file = decodePaneFile(content);
    const open = new Set<string>();
    this.#files.set(path, { open, readAt: this.clock(), usedBy: 0 });
    for (const row of file.rows) {
      const key = messageKey(row.offset, row.source_message_id);
      if (this.#used.has(key)) continue;
      open.add(key);
      let message = this.#messages.get(key);
      if (message === undefined) {
        message = { rows: new Map(), suppressed: new Map(), refused: new Set(), files: new Set() };
        this.#messages.set(key, message);
      }
      message.files.add(path);
      if (file.output === 'suppressed') message.suppressed.set(row.item, row as Suppressed);
      else if (file.output === 'silver.patient_vitals') this.#keepRow(message, row as ScoredReading);
      else if ((row as { scope: string }).scope === 'item') message.refused.add(row.item);
    }
  }

  #keepRow(message: MessagePanes, row: ScoredReading): void {
    if (!message.rows.has(row.item)) message.rows.set(row.item, row);
    const eventTime = Math.min(row.event_time, this.clock() + CLOCK_TOLERANCE_MILLIS);
    if (eventTime > this.#latestEventTime) this.#latestEventTime = eventTime;
  }
}
