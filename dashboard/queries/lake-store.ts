import { openLakeFiles, type LakeFiles } from '../../lake/lake-files.js';
import { LakeReader, type LakeSnapshot, type LiveFile } from '../../lake/reader.js';
import { openStorage } from '../../lake/storage/open.js';
import type { Storage } from '../../lake/storage/storage.js';
import { openDatabase, type Database, type Parameter, type QueryRow } from '../../query/database.js';
import { filesWithin, relationWithin, type EventTimes } from '../../query/pruned-relations.js';
import { instant, quoteText } from '../../query/sql-text.js';
import { qualifiedName, type Table } from '../../schema/column.js';
import { GOLD_ALERT_EVENTS } from '../../schema/tables/gold-alert-events.js';
import { CommitLog } from './commit-log.js';
import { composeQuestion, tablesOf } from './compose-question.js';
import type { Moment } from './moment.js';
import { Turnstile } from './turnstile.js';

/** The stretch of time that a question needs of a table, by qualified name; all of a table that is not named. */
export type Within = Readonly<Record<string, EventTimes>>;

/** Statements at the same time: room for who waits while long ones run. */
const STATEMENTS = 3;

/** Beside a pipeline that may have two gigabytes: questions are pruned, and spill beyond. */
const MEMORY_LIMIT = '512MB';
const THREADS = 2;

const ALWAYS: EventTimes = { from: -Infinity, to: Infinity };

/** A lake as the dashboard asks it: its newest snapshot, its commits, and one locked DuckDB for all questions. Read-only. */
export class LakeStore {
  readonly storage: Storage;
  readonly commits: CommitLog;
  readonly #reader: LakeReader;
  readonly #files: LakeFiles;
  readonly #turnstile = new Turnstile(STATEMENTS);
  #database: Promise<Database> | null = null;
  #snapshot: LakeSnapshot | null = null;
  #refreshing: Promise<LakeSnapshot> | null = null;

  constructor(lake: string | Storage) {
    this.storage = openStorage(lake);
    this.#reader = new LakeReader(this.storage);
    this.#files = openLakeFiles(this.storage);
    this.commits = new CommitLog(this.storage);
  }

  /** The last snapshot; null before the first {@link refresh}. */
  get snapshot(): LakeSnapshot | null {
    return this.#snapshot;
  }

  /** Reads what is new. Throws a {@link LakeError} NOT_A_LAKE while there is no lake. */
  refresh(): Promise<LakeSnapshot> {
    this.#refreshing ??= this.#refresh().finally(() => (this.#refreshing = null));
    return this.#refreshing;
  }

  /** The tables as an earlier batch left them, file by file. Throws a {@link LakeError} GONE. */
  snapshotAt(batch: number): Promise<LakeSnapshot> {
    return new LakeReader(this.storage).snapshotAt(batch);
  }

  /**
   * All rows that answer a question of a moment.
   *
   * @param sql as {@link composeQuestion} takes it; values come in as parameters only
   * @param after files that hold no later batch than this one are left out
   */
  async ask(
    moment: Moment,
    sql: string,
    parameters: readonly Parameter[] = [],
    within: Within = {},
    after = 0,
  ): Promise<QueryRow[]> {
    const relations = new Map<string, string>();
    for (const table of tablesOf(sql)) {
      const times = within[qualifiedName(table)] ?? ALWAYS;
      const files = await this.filesAt(moment, table, times, after);
      relations.set(qualifiedName(table), relationAt(moment, table, files, times));
    }
    const question = composeQuestion(sql, (table) => relations.get(qualifiedName(table)) ?? '');
    return this.run(question, parameters, moment.urgent);
  }

  /** Files on this machine's disk that may hold rows of a moment. */
  async filesAt(moment: Moment, table: Table, times = ALWAYS, after = 0): Promise<readonly LiveFile[]> {
    const files = moment.snapshot.tables.get(qualifiedName(table))?.files ?? [];
    const timed = table.partitionSource === null ? files : filesWithin(table, files, times);
    const until = moment.asOf === null ? Infinity : moment.batch;
    const batched = timed.filter(
      ({ stats: { batch } }) => batch === undefined || (batch[0] <= until && batch[1] > after),
    );
    return this.#files.lend(batched);
  }

  /** One statement over files that {@link filesAt} named. */
  async run(sql: string, parameters: readonly Parameter[] = [], urgent = false): Promise<QueryRow[]> {
    this.#database ??= openLocked(this.#files.folders);
    const database = await this.#database;
    const statement = () => database.rows(sql, parameters);
    return urgent ? statement() : this.#turnstile.pass(statement);
  }

  async close(): Promise<void> {
    await this.#refreshing?.catch(() => undefined);
    await this.#turnstile.idle();
    await (await this.#database)?.close();
  }

  async #refresh(): Promise<LakeSnapshot> {
    const snapshot = await this.#reader.snapshot();
    await this.commits.follow(snapshot);
    this.#snapshot = snapshot;
    return snapshot;
  }
}

/** The rows of a table that a moment shows, in parentheses. */
function relationAt(moment: Moment, table: Table, files: readonly LiveFile[], times: EventTimes): string {
  const relation = relationWithin(table, files, times);
  if (moment.asOf === null) return relation;
  if (table === (GOLD_ALERT_EVENTS as Table)) return `(FROM ${relation} WHERE acted_at <= ${instant(moment.asOf)})`;
  if (!table.columns.some((column) => column.name === 'batch')) return relation;
  return `(FROM ${relation} WHERE batch <= ${moment.batch})`;
}

/** A DuckDB that reads the lake (or the copies of it) and nothing else, and stays so (RELIABILITY.md, Security). */
async function openLocked(folders: readonly string[]): Promise<Database> {
  const database = await openDatabase({ memoryLimit: MEMORY_LIMIT, threads: THREADS });
  // Files never change under their names: what a footer says is worth keeping.
  await database.run('SET parquet_metadata_cache = true');
  await database.run('SET preserve_insertion_order = false');
  await database.run(`SET allowed_directories = [${folders.map(quoteText).join(', ')}]`);
  await database.run('SET enable_external_access = false');
  await database.run('SET lock_configuration = true');
  return database;
}
