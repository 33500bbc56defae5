import type { Table } from '../schema/column.js';
import { tableFileOf, type TableFile } from './delta/file-action.js';
import { lacksColumns } from './delta/evolve-table.js';
import { commitPath } from './delta/log-name.js';
import { listLog, LogMoved, readCommit, readLog, type Commit } from './delta/read-log.js';
import { TableState } from './delta/table-state.js';
import { APPLICATION } from './frozen-batch.js';
import type { Storage } from './storage/storage.js';
import { tableFolder } from './table-folder.js';

/** A file that holds rows of a table at a snapshot. */
export interface LiveFile extends TableFile {
  /** Absolute path, or `gs://` URL. */
  readonly location: string;
  /** True for a file that may lack columns which the table was given later; they read as null. */
  readonly partial?: boolean;
}

export interface TableSnapshot {
  readonly table: Table;
  /** Version of the table's Delta log; -1 while the table does not exist yet. */
  readonly version: number;
  readonly files: readonly LiveFile[];
}

/** Follows the log of one table beside its writer; after the first time it reads only new commits. */
export class TableReader {
  readonly #folder: string;
  #state: TableState | null = null;
  /** Commits that are read but may belong to batches that are not finished. */
  #pending: Commit[] = [];
  #snapshot: TableSnapshot | null = null;

  constructor(
    private readonly storage: Storage,
    readonly table: Table,
  ) {
    this.#folder = tableFolder(table);
  }

  /** The last batch that this table's log holds. */
  get head(): number {
    const ahead = this.#pending.map(transactionOf).filter((version) => version !== null);
    return ahead.at(-1) ?? batchOf(this.#state);
  }

  get exists(): boolean {
    return (this.#state?.version ?? -1) >= 0 || this.#pending.length > 0;
  }

  /**
   * Reads what is new.
   *
   * @param settled a batch that is certainly finished: the state never goes beyond it before {@link settle} says so
   */
  async refresh(settled: number): Promise<void> {
    if (this.#state === null || !this.exists) await this.#load(settled);
    for (;;) {
      const commit = await readCommit(this.storage, this.#folder, this.#version + 1);
      if (commit === null) break;
      this.#pending.push(commit);
    }
    const version = this.#version;
    // Clean-up goes in order: while our own is there, the next one has not been cleaned up but does not exist yet.
    if (version >= 0 && (await this.storage.stat(this.#folder + commitPath(version))) === null) {
      throw new LogMoved(`${this.#folder}${commitPath(version)} is gone`);
    }
  }

  /** Moves on to the last version of a finished batch, what compaction did since included. */
  settle(sequence: number): TableSnapshot {
    const state = this.#state ?? new TableState();
    applyUpTo(state, this.#pending, sequence);
    this.#pending = this.#pending.filter((commit) => commit.version > state.version);
    if (this.#snapshot?.version !== state.version) this.#snapshot = this.#snapshotOf(state);
    return this.#snapshot;
  }

  /** The table as an earlier batch left it; remembers nothing. */
  async at(sequence: number): Promise<TableSnapshot> {
    const listing = await listLog(this.storage, this.#folder);
    const { state, commits } = await readLog(
      this.storage,
      this.#folder,
      listing,
      (found) => batchOf(found) <= sequence,
    );
    applyUpTo(state, commits, sequence);
    return this.#snapshotOf(state);
  }

  forget(): void {
    this.#state = null;
    this.#pending = [];
  }

  get #version(): number {
    return this.#pending.at(-1)?.version ?? this.#state?.version ?? -1;
  }

  async #load(settled: number): Promise<void> {
    const listing = await listLog(this.storage, this.#folder);
    const tail = await readLog(this.storage, this.#folder, listing, (state) => batchOf(state) <= settled);
    this.#state = tail.state;
    this.#pending = [...tail.commits];
  }

  #snapshotOf(state: TableState): TableSnapshot {
    const prefix = `${this.storage.root}/${this.#folder}`;
    const isPartial = lacksColumns(this.table, state.metaData);
    const files = Array.from(state.live.values(), (add) => {
      const file = tableFileOf(this.table, add);
      const location = prefix + file.path;
      return isPartial(file.path) ? { ...file, location, partial: true } : { ...file, location };
    });
    return { table: this.table, version: state.version, files };
  }
}

function applyUpTo(state: TableState, commits: readonly Commit[], sequence: number): void {
  for (const commit of commits) {
    if ((transactionOf(commit) ?? 0) > sequence) return;
    state.apply(commit.version, commit.actions);
  }
}

function batchOf(state: TableState | null): number {
  return state?.transactions.get(APPLICATION) ?? 0;
}

function transactionOf(commit: Commit): number | null {
  for (const action of commit.actions) {
    if ('txn' in action && action.txn.appId === APPLICATION) return action.txn.version;
  }
  return null;
}
