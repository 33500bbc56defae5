import { GOLD_ALERT_EVENTS, type AlertEventRow } from '../schema/tables/gold-alert-events.js';
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
import { decodeParquet } from './parquet.js';
import { openStorage } from './storage/open.js';
import type { Storage } from './storage/storage.js';
import { tableFolder } from './table-folder.js';

/** An event to append; its number in the alert's history is given by the log. */
export type NewAlertEvent = Omit<AlertEventRow, 'event_number'>;

const TABLE = GOLD_ALERT_EVENTS;
const FOLDER = tableFolder(TABLE);

/** Times an append is begun anew because somebody else was first: each such time somebody got on. */
const ATTEMPTS = 100;
/** Commits between two checkpoints: a reader opens at most so many files besides one. */
const CHECKPOINT_EVERY = 100;
/** Files that an append merges on the way, so that a reader opens at most so many. */
const MERGE_AT = 32;

/**
 * What people did about alerts: the one table of a lake that several processes append to, beside the lake's writer and each
 * other. Optimistic: a commit is `_delta_log/<version>.json`, put if absent, so of those who saw the same version one gets
 * the next, and the others look again at what stands there now and decide anew.
 *
 * Delivery: an event is in the table once {@link append} has resolved. When it throws, the event may or may not be there, and
 * asking again tells: whoever decides sees it then. Throws a {@link LakeError} where the storage fails or the log is damaged.
 */
export class AlertEventLog {
  readonly #storage: Storage;
  /** Rows of files that have been read; files never change. */
  readonly #rows = new Map<string, readonly AlertEventRow[]>();

  constructor(root: string | Storage) {
    this.#storage = openStorage(root);
  }

  /** The events of an alert, in order. */
  async history(alertId: string): Promise<readonly AlertEventRow[]> {
    return historyIn(await this.#rowsOf(await this.#read()), alertId);
  }

  /**
   * Appends what `decide` makes of the history as it stands when its turn has come; nothing where it says null.
   *
   * @returns the history afterwards
   */
  async append(
    alertId: string,
    decide: (history: readonly AlertEventRow[]) => NewAlertEvent | null,
  ): Promise<readonly AlertEventRow[]> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const state = await this.#read();
      if (state.version < 0) {
        const time = decide([])?.acted_at;
        if (time === undefined) return [];
        await this.#commit(0, creationActions(TABLE, time));
        continue;
      }
      verifyTable(TABLE, state);
      const rows = await this.#rowsOf(state);
      const history = historyIn(rows, alertId);
      const event = decide(history);
      if (event === null) return history;
      const row = numbered(event, history.length + 1);
      if (await this.#commit(state.version + 1, await this.#actions(state, row))) {
        await this.#checkpoint(state.version + 1);
        return [...history, row];
      }
    }
    const problem = `Others wrote to ${FOLDER.slice(0, -1)} each of ${ATTEMPTS} times that this event was tried`;
    throw new LakeError('CONFLICT', problem, 'Try again in a moment');
  }

  async #read(): Promise<TableState> {
    for (;;) {
      try {
        const { state, commits } = await readLog(this.#storage, FOLDER, await listLog(this.#storage, FOLDER));
        for (const commit of commits) state.apply(commit.version, commit.actions);
        return state;
      } catch (error) {
        if (!(error instanceof LogMoved)) throw error;
      }
    }
  }

  async #rowsOf(state: TableState): Promise<readonly AlertEventRow[]> {
    const rows = await concurrently([...state.live.values()], (add) => this.#rowsIn(add));
    return rows.flat();
  }

  async #rowsIn(add: AddFile): Promise<readonly AlertEventRow[]> {
    const known = this.#rows.get(add.path);
    if (known) return known;
    const path = FOLDER + decodeURIComponent(add.path);
    const bytes = await this.#storage.readRange(path, 0, null);
    if (bytes === null) {
      throw new LakeError('CORRUPT', `${path} is missing`, 'Restore it from a copy: it cannot be computed');
    }
    const rows = decodeParquet(bytes, TABLE) as unknown as AlertEventRow[];
    this.#rows.set(add.path, rows);
    return rows;
  }

  /** The new row in a file of its own; where there are many files, those before it become one in the same commit. */
  async #actions(state: TableState, row: AlertEventRow): Promise<readonly Action[]> {
    const version = state.version + 1;
    const merged = state.live.size < MERGE_AT ? [] : [...state.live.values()];
    const old = (await concurrently(merged, (add) => this.#rowsIn(add))).flat();
    const [added, rewritten] = [
      await writeDataFiles(this.#storage, TABLE, version, [row]),
      await writeDataFiles(this.#storage, TABLE, version, old),
    ];
    const operationParameters = { mode: 'Append' };
    const info = { timestamp: row.acted_at, operation: 'WRITE', operationParameters, engineInfo: 'vitals-lakehouse' };
    return [
      { commitInfo: info },
      ...merged.map((add) => ({ remove: removeOf(add, row.acted_at) })),
      ...rewritten.map((file) => ({ add: addOf(TABLE, file, row.acted_at, false) })),
      ...added.map((file) => ({ add: addOf(TABLE, file, row.acted_at) })),
    ];
  }

  async #commit(version: number, actions: readonly Action[]): Promise<boolean> {
    const text = actions.map((action) => JSON.stringify(action)).join('\n') + '\n';
    return (await this.#storage.putIfAbsent(FOLDER + commitPath(version), Buffer.from(text, 'utf8'))) === 'created';
  }

  /** A help for readers: whoever commits its version writes it, and nothing is wrong where that was forgotten. */
  async #checkpoint(version: number): Promise<void> {
    if (version % CHECKPOINT_EVERY !== 0) return;
    const state = await this.#read();
    if (state.version !== version) return;
    await this.#storage.putIfAbsent(FOLDER + checkpointPath(version), encodeCheckpoint(checkpointActions(state)));
  }
}

function historyIn(rows: readonly AlertEventRow[], alertId: string): readonly AlertEventRow[] {
  return rows.filter((row) => row.alert_id === alertId).sort((a, b) => a.event_number - b.event_number);
}

function numbered(event: NewAlertEvent, event_number: number): AlertEventRow {
  const { alert_id, status, who, note, acted_at } = event;
  return { alert_id, event_number, status, who, note, acted_at };
}
