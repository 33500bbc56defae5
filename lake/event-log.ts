import type { Table } from '../schema/column.js';
import { concurrently } from './concurrently.js';
import { writeDataFiles } from './data-file.js';
import type { Action, AddFile } from './delta/actions.js';
import { checkpointActions, encodeCheckpoint } from './delta/checkpoint.js';
import { creationActions, verifyTable } from './delta/create-table.js';
import { addOf, removeOf } from './delta/file-action.js';
import { checkpointPath, commitPath } from './delta/log-name.js';
import { listLog, LogMoved, readLog } from './delta/read-log.js';
import type { TableState } from './delta/table-state.js';
import { LakeError } from './lake-error.js';
import { decodeParquet, type Row as ParquetRow } from './parquet.js';
import { openStorage } from './storage/open.js';
import type { Storage } from './storage/storage.js';
import { tableFolder } from './table-folder.js';

/** Times an append is begun anew because somebody else was first: each such time somebody got on. */
const ATTEMPTS = 100;
/** Commits between two checkpoints: a reader opens at most so many files besides one. */
const CHECKPOINT_EVERY = 100;
/** Files that an append merges on the way, so that a reader opens at most so many. */
const MERGE_AT = 32;

/**
 * A table of a lake that several processes append to, beside the lake's writer and each other: events that people or
 * schedulers cause, which no manifest names. Optimistic: a commit is `_delta_log/<version>.json`, put if absent, so of those
 * who saw the same version one gets the next, and the others look again at what stands there now and decide anew.
 *
 * Delivery: rows are in the table once {@link append} has resolved. When it throws, they may or may not be there, and asking
 * again tells: whoever decides sees them then. Throws a {@link LakeError} where the storage fails or the log is damaged.
 */
export class EventLog<Row extends object> {
  readonly #storage: Storage;
  readonly #folder: string;
  /** Rows of files that have been read; files never change. */
  readonly #rows = new Map<string, readonly Row[]>();

  /** @param timeOf when a row was recorded, epoch ms: the time of the commit that brings it */
  constructor(
    root: string | Storage,
    private readonly table: Table,
    private readonly timeOf: (row: Row) => number,
  ) {
    this.#storage = openStorage(root);
    this.#folder = tableFolder(table);
  }

  /** Every row, in no order. */
  async rows(): Promise<readonly Row[]> {
    return this.#rowsOf(await this.#read());
  }

  /**
   * Appends what `decide` makes of the rows as they stand when its turn has come; nothing where it makes none.
   *
   * @returns what was appended
   */
  async append(decide: (rows: readonly Row[]) => readonly Row[]): Promise<readonly Row[]> {
    return this.#append(async (state) => decide(state.version < 0 ? [] : await this.#rowsOf(state)));
  }

  /** Appends rows whatever stands there, and so without reading it: for tables that grow large. */
  async add(rows: readonly Row[]): Promise<void> {
    await this.#append(async () => rows);
  }

  async #append(decide: (state: TableState) => Promise<readonly Row[]>): Promise<readonly Row[]> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const state = await this.#read();
      const added = await decide(state);
      const first = added[0];
      if (first === undefined) return [];
      if (state.version < 0) {
        await this.#commit(0, creationActions(this.table, this.timeOf(first)));
        continue;
      }
      verifyTable(this.table, state);
      if (await this.#commit(state.version + 1, await this.#actions(state, added, this.timeOf(first)))) {
        await this.#checkpoint(state.version + 1);
        return added;
      }
    }
    const problem = `Others wrote to ${this.#folder.slice(0, -1)} each of ${ATTEMPTS} times that this event was tried`;
    throw new LakeError('CONFLICT', problem, 'Try again in a moment');
  }

  async #read(): Promise<TableState> {
    for (;;) {
      try {
        const { state, commits } = await readLog(
          this.#storage,
          this.#folder,
          await listLog(this.#storage, this.#folder),
        );
        for (const commit of commits) state.apply(commit.version, commit.actions);
        return state;
      } catch (error) {
        if (!(error instanceof LogMoved)) throw error;
      }
    }
  }

  async #rowsOf(state: TableState): Promise<readonly Row[]> {
    const rows = await concurrently([...state.live.values()], (add) => this.#rowsIn(add));
    return rows.flat();
  }

  async #rowsIn(add: AddFile): Promise<readonly Row[]> {
    const known = this.#rows.get(add.path);
    if (known) return known;
    const path = this.#folder + decodeURIComponent(add.path);
    const bytes = await this.#storage.readRange(path, 0, null);
    if (bytes === null) {
      throw new LakeError('CORRUPT', `${path} is missing`, 'Restore it from a copy: it cannot be computed');
    }
    const rows = decodeParquet(bytes, this.table) as unknown as Row[];
    this.#rows.set(add.path, rows);
    return rows;
  }

  /** The new rows in a file of their own; where there are many files, those before it become one in the same commit. */
  async #actions(state: TableState, rows: readonly Row[], timestamp: number): Promise<readonly Action[]> {
    const version = state.version + 1;
    const merged = state.live.size < MERGE_AT ? [] : [...state.live.values()];
    const old = (await concurrently(merged, (add) => this.#rowsIn(add))).flat();
    const [added, rewritten] = [
      await writeDataFiles(this.#storage, this.table, version, rows as readonly object[] as readonly ParquetRow[]),
      await writeDataFiles(this.#storage, this.table, version, old as readonly object[] as readonly ParquetRow[]),
    ];
    const operationParameters = { mode: 'Append' };
    const info = { timestamp, operation: 'WRITE', operationParameters, engineInfo: 'vitals-lakehouse' };
    return [
      { commitInfo: info },
      ...merged.map((add) => ({ remove: removeOf(add, timestamp) })),
      ...rewritten.map((file) => ({ add: addOf(this.table, file, timestamp, false) })),
      ...added.map((file) => ({ add: addOf(this.table, file, timestamp) })),
    ];
  }

  async #commit(version: number, actions: readonly Action[]): Promise<boolean> {
    const text = actions.map((action) => JSON.stringify(action)).join('\n') + '\n';
    return (
      (await this.#storage.putIfAbsent(this.#folder + commitPath(version), Buffer.from(text, 'utf8'))) === 'created'
    );
  }

  /** A help for readers: whoever commits its version writes it, and nothing is wrong where that was forgotten. */
  async #checkpoint(version: number): Promise<void> {
    if (version % CHECKPOINT_EVERY !== 0) return;
    const state = await this.#read();
    if (state.version !== version) return;
    await this.#storage.putIfAbsent(this.#folder + checkpointPath(version), encodeCheckpoint(checkpointActions(state)));
  }
}
