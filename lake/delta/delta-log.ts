import { qualifiedName, type Table } from '../../schema/column.js';
import { LakeError } from '../lake-error.js';
import type { Storage } from '../storage/storage.js';
import { tableFolder } from '../table-folder.js';
import type { Action, AddFile, CommitInfo, RemoveFile, Transaction } from './actions.js';
import { checkpointActions, encodeCheckpoint } from './checkpoint.js';
import { creationActions, verifyTable } from './create-table.js';
import { evolutionActions } from './evolve-table.js';
import { LogCleaner } from './log-cleaner.js';
import { checkpointPath, commitPath, LAST_CHECKPOINT } from './log-name.js';
import { listLog, readLog } from './read-log.js';
import type { TableState } from './table-state.js';

/** Commits from one checkpoint to the next: a reader opens at most this many files besides it. */
export const CHECKPOINT_EVERY = 100;

/** Versions that stay in a log behind the newest one, for readers at an older state. */
export const KEEP_VERSIONS = 1_000;

export interface LogOptions {
  readonly checkpointEvery?: number;
  readonly keepVersions?: number;
}

/** What a commit changes. */
export interface Change {
  readonly operation: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly userMetadata?: string;
  readonly txn?: Transaction;
  readonly adds?: readonly AddFile[];
  readonly removes?: readonly RemoveFile[];
}

/**
 * The Delta log of one table, as its only writer keeps it: state in memory, commits one after the other, a checkpoint
 * every hundred, clean-up a little at a time.
 *
 * Delivery: a commit whose promise resolved is durable. A commit that failed may or may not be there: the log then
 * refuses to go on, and the next start reads the truth. Throws a {@link LakeError} CONFLICT when somebody else
 * committed the version.
 */
export class DeltaLog {
  readonly folder: string;
  readonly #cleaner: LogCleaner;
  readonly #checkpointEvery: number;
  #queue: Promise<unknown> = Promise.resolve();
  #heldFrom = Infinity;
  #broken = false;

  private constructor(
    readonly storage: Storage,
    readonly table: Table,
    readonly state: TableState,
    private readonly clock: () => number,
    oldest: { readonly commits: readonly number[]; readonly checkpoints: readonly number[] },
    options: LogOptions,
  ) {
    this.folder = tableFolder(table);
    this.#checkpointEvery = options.checkpointEvery ?? CHECKPOINT_EVERY;
    this.#cleaner = new LogCleaner(storage, this.folder, oldest, options.keepVersions ?? KEEP_VERSIONS);
  }

  /**
   * Opens a table's log, creating the table where there is none and adding nullable columns that are new, and verifies
   * that the log is whole and of this schema.
   */
  static async open(storage: Storage, table: Table, clock: () => number, options: LogOptions = {}): Promise<DeltaLog> {
    const folder = tableFolder(table);
    const listing = await listLog(storage, folder);
    const { state, commits } = await readLog(storage, folder, listing);
    for (const commit of commits) state.apply(commit.version, commit.actions);
    const log = new DeltaLog(storage, table, state, clock, listing, options);
    if (state.version < 0) await log.#write(creationActions(table, clock()));
    const evolution = evolutionActions(table, state, clock());
    if (evolution !== null) await log.#write(evolution);
    verifyTable(table, state);
    return log;
  }

  /** The last version of an application that this table holds; 0 when there is none. */
  transaction(appId: string): number {
    return this.state.transactions.get(appId) ?? 0;
  }

  /** Versions from this one on stay readable, however old they get. */
  keepFrom(version: number): void {
    this.#heldFrom = version;
  }

  /**
   * Appends one commit after those already waiting. `decide` is asked when its turn has come; null means that there is
   * nothing to do any more. True when a commit was written.
   */
  append(decide: (state: TableState) => Change | null): Promise<boolean> {
    const turn = this.#queue.then(async () => {
      this.mustRun();
      const change = decide(this.state);
      if (change === null) return false;
      // A reader may still be at the batch before this one, when other tables have not got this one yet.
      if (change.txn) this.#cleaner.keepFrom = this.state.version;
      await this.#write(actionsOf(change, this.clock()));
      await this.#maintain();
      return true;
    });
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** Throws a {@link LakeError} STOPPED when the outcome of a commit is not known. */
  mustRun(): void {
    if (!this.#broken) return;
    const problem = `A commit of ${qualifiedName(this.table)} failed before, and its outcome is not known`;
    throw new LakeError('STOPPED', problem, 'Start again: the log is read and unfinished batches are completed');
  }

  /** Resolves when no commit is being written. */
  async idle(): Promise<void> {
    await this.#queue;
  }

  async #write(actions: readonly Action[]): Promise<void> {
    const version = this.state.version + 1;
    const text = actions.map((action) => JSON.stringify(action)).join('\n') + '\n';
    let outcome;
    try {
      outcome = await this.storage.putIfAbsent(this.folder + commitPath(version), Buffer.from(text, 'utf8'));
    } catch (error) {
      this.#broken = true;
      throw error;
    }
    if (outcome === 'exists') {
      this.#broken = true;
      const problem = `Another writer committed version ${version} of ${qualifiedName(this.table)}`;
      throw new LakeError('CONFLICT', problem, 'Stop the other writer, then start again: the log is verified');
    }
    this.state.apply(version, actions);
    this.#cleaner.committed(version);
  }

  async #maintain(): Promise<void> {
    const { version } = this.state;
    if (version % this.#checkpointEvery === 0) {
      const actions = checkpointActions(this.state);
      const bytes = encodeCheckpoint(actions);
      await this.storage.putIfAbsent(this.folder + checkpointPath(version), bytes);
      // Between the two the hint is missing, and readers list the folder.
      await this.storage.delete(this.folder + LAST_CHECKPOINT);
      const hint = { version, size: actions.length, sizeInBytes: bytes.length };
      await this.storage.putIfAbsent(this.folder + LAST_CHECKPOINT, Buffer.from(JSON.stringify(hint), 'utf8'));
      this.#cleaner.checkpointed(version);
    }
    await this.#cleaner.step(version, this.#heldFrom);
  }
}

function actionsOf(change: Change, now: number): readonly Action[] {
  const commitInfo: CommitInfo = {
    timestamp: now,
    operation: change.operation,
    operationParameters: change.parameters ?? {},
    engineInfo: 'vitals-lakehouse',
    ...(change.userMetadata === undefined ? {} : { userMetadata: change.userMetadata }),
  };
  return [
    { commitInfo },
    ...(change.txn ? [{ txn: change.txn }] : []),
    ...(change.removes ?? []).map((remove) => ({ remove })),
    ...(change.adds ?? []).map((add) => ({ add })),
  ];
}
