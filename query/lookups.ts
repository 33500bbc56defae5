import { listValue, type DuckDBConnection, type DuckDBListValue } from '@duckdb/node-api';
import type { LakeFiles } from '../lake/lake-files.js';
import type { LakeSnapshot, LiveFile } from '../lake/reader.js';
import { qualifiedName, type Table } from '../schema/column.js';
import { GOLD_ALERTS, type AlertRow } from '../schema/tables/gold-alerts.js';
import { GOLD_VITALS_HOURLY, type VitalsHourlyRow } from '../schema/tables/gold-vitals-hourly.js';
import { GOLD_WARD_ALERTS_HOURLY, type WardAlertsHourlyRow } from '../schema/tables/gold-ward-alerts-hourly.js';
import { SILVER_PATIENT_VITALS, type SilverRow } from '../schema/tables/silver-patient-vitals.js';
import { openDatabase, type Database, type DatabaseOptions } from './database.js';
import { readRows, readTable, readTexts, selectList } from './lookup-rows.js';
import {
  filesNear,
  filesWithin,
  locations,
  relationNear,
  relationWithin,
  type EventTimes,
} from './pruned-relations.js';
import { quoteName, quoteText, relationOver } from './sql-text.js';
import { GREATEST_VERSION_FIRST } from './versions.js';

/** Keys of readings, column by column: no object a reading. */
export interface ReadingKeys {
  readonly reading_id: string[];
  readonly content_hash: string[];
  readonly patient_id: string[];
  /** Epoch milliseconds. */
  readonly event_time: number[];
}

type KeyColumns = [string[], string[], string[], number[]];

export interface PatientWindow {
  readonly patient_id: string;
  /** Epoch milliseconds. */
  readonly window_start: number;
}

export interface WardWindow {
  /** Ward as in gold.ward_alerts_hourly: `unknown` for none. */
  readonly ward: string;
  /** Start of the hour, epoch milliseconds. */
  readonly window_start: number;
}

/**
 * What the pipeline asks of committed state. Answers are rows as they are in memory (schema types), of the files that
 * {@link Lookups.refresh} named last; a file that has gone meanwhile makes a look-up fail, and one refreshes.
 *
 * Cost: files are passed over by their statistics before DuckDB sees them, and only the columns that are asked for are
 * read. Where `within` is left out, versions are sought in all of silver, because a correction may move a reading to any
 * time: that reads one column of every file. Look-ups of one object run one after another.
 */
export interface Lookups {
  /** The live files of each table, by qualified name; cheap. */
  refresh(tables: LakeSnapshot['tables']): void;
  /** Keys of all versions with an event_time in [from, to). */
  readingKeysBetween(from: number, to: number): Promise<ReadingKeys>;
  /** The same in blocks of about 2,000, for a range that is too large to hold. */
  readingKeyBlocksBetween(from: number, to: number): AsyncIterable<ReadingKeys>;
  /** The current versions, tombstones included, whose event_time lies in these windows of their patients. */
  currentReadings(windows: readonly PatientWindow[], windowMillis: number, within?: EventTimes): Promise<SilverRow[]>;
  /** All versions of these readings. */
  versionsOf(readingIds: readonly string[], within?: EventTimes): Promise<SilverRow[]>;
  /** The latest pane of every vital of these patients and hours. */
  vitalsHourlyPanes(hours: readonly PatientWindow[]): Promise<VitalsHourlyRow[]>;
  /** The latest pane of every rule and severity of these wards and hours. */
  wardAlertPanes(hours: readonly WardWindow[]): Promise<WardAlertsHourlyRow[]>;
  /** The alerts of these readings that stand: raised, and not withdrawn later. */
  standingAlerts(readingIds: readonly string[], within?: EventTimes): Promise<AlertRow[]>;
  /** Rows that were committed after this batch, all versions, only these columns. */
  silverRowsAfterBatch<K extends keyof SilverRow>(batch: number, columns: readonly K[]): Promise<Pick<SilverRow, K>[]>;
  close(): Promise<void>;
}

const HOUR = 3_600_000;
const ALWAYS: EventTimes = { from: -Infinity, to: Infinity };
const DEFAULTS = { memoryLimit: '512MB', threads: 2 } as const;

const SILVER = SILVER_PATIENT_VITALS;

/** The keys that are asked for: parameters of {@link windowParameters}, or one list of ids. */
const WANTED_WINDOWS = 'SELECT unnest($1::VARCHAR[]), unnest($2::BIGINT[])';
const WANTED_IDS = 'SELECT unnest($1::VARCHAR[])';

export interface LookupsOptions extends DatabaseOptions {
  /** Where to have the files from that a look-up needs; without it they are taken to lie on this machine's disk. */
  readonly files?: LakeFiles;
}

/**
 * Opens look-ups with a DuckDB of their own, so that each worker thread can have one.
 *
 * @throws ConfigurationError when DuckDB does not take an option
 */
export async function openLookups({ files, ...options }: LookupsOptions = {}): Promise<Lookups> {
  const database = await openDatabase({ ...DEFAULTS, ...options });
  const lend = (wanted: readonly LiveFile[]) => files?.lend(wanted) ?? Promise.resolve(wanted);
  return new DuckDbLookups(database, await database.connect(), lend);
}

class DuckDbLookups implements Lookups {
  #tables: LakeSnapshot['tables'] = new Map();

  constructor(
    private readonly database: Database,
    private readonly connection: DuckDBConnection,
    private readonly lend: (files: readonly LiveFile[]) => Promise<readonly LiveFile[]>,
  ) {}

  refresh(tables: LakeSnapshot['tables']): void {
    this.#tables = tables;
  }

  async readingKeysBetween(from: number, to: number): Promise<ReadingKeys> {
    const keys: ReadingKeys = { reading_id: [], content_hash: [], patient_id: [], event_time: [] };
    for await (const block of this.readingKeyBlocksBetween(from, to)) {
      for (const value of block.reading_id) keys.reading_id.push(value);
      for (const value of block.content_hash) keys.content_hash.push(value);
      for (const value of block.patient_id) keys.patient_id.push(value);
      for (const value of block.event_time) keys.event_time.push(value);
    }
    return keys;
  }

  async *readingKeyBlocksBetween(from: number, to: number): AsyncGenerator<ReadingKeys> {
    const relation = await this.#within(SILVER, { from, to });
    const columns = 'reading_id, content_hash, patient_id, CAST(epoch_ms(event_time) AS DOUBLE)';
    const result = await this.connection.stream(`SELECT ${columns} FROM ${relation}`);
    for await (const chunk of result) {
      const [reading_id, content_hash, patient_id, event_time] = chunk.getColumns() as KeyColumns;
      yield { reading_id, content_hash, patient_id, event_time };
    }
  }

  async currentReadings(
    windows: readonly PatientWindow[],
    windowMillis: number,
    within = ALWAYS,
  ): Promise<SilverRow[]> {
    if (windows.length === 0) return [];
    const there = `(patient_id, epoch_ms(event_time) // ${windowMillis} * ${windowMillis}) IN (${WANTED_WINDOWS})`;
    const wanted = windowParameters(windows, 'patient_id');
    const near = await this.#near(SILVER, windows, windowMillis);
    const ids = await readTexts(this.connection, `SELECT DISTINCT reading_id FROM ${near} WHERE ${there}`, wanted);
    if (ids.length === 0) return [];
    const sql = `SELECT ${selectList(SILVER.columns)} FROM (
        FROM ${await this.#silverOf(ids, within)} WHERE reading_id IN (SELECT unnest($3::VARCHAR[]))
        QUALIFY row_number() OVER (PARTITION BY reading_id ORDER BY ${GREATEST_VERSION_FIRST}) = 1)
      WHERE ${there}`;
    return readTable(this.connection, SILVER, sql, [...wanted, listValue(ids)]);
  }

  async versionsOf(readingIds: readonly string[], within = ALWAYS): Promise<SilverRow[]> {
    if (readingIds.length === 0) return [];
    const sql = `SELECT ${selectList(SILVER.columns)} FROM ${await this.#silverOf(readingIds, within)}
      WHERE reading_id IN (${WANTED_IDS})`;
    return readTable(this.connection, SILVER, sql, [listValue([...readingIds])]);
  }

  async vitalsHourlyPanes(hours: readonly PatientWindow[]): Promise<VitalsHourlyRow[]> {
    if (hours.length === 0) return [];
    const sql = await this.#latestPanes(GOLD_VITALS_HOURLY, hours, 'patient_id');
    return readTable(this.connection, GOLD_VITALS_HOURLY, sql, windowParameters(hours, 'patient_id'));
  }

  async wardAlertPanes(hours: readonly WardWindow[]): Promise<WardAlertsHourlyRow[]> {
    if (hours.length === 0) return [];
    const sql = await this.#latestPanes(GOLD_WARD_ALERTS_HOURLY, hours, 'ward');
    return readTable(this.connection, GOLD_WARD_ALERTS_HOURLY, sql, windowParameters(hours, 'ward'));
  }

  async standingAlerts(readingIds: readonly string[], within = ALWAYS): Promise<AlertRow[]> {
    if (readingIds.length === 0) return [];
    const sql = `SELECT ${selectList(GOLD_ALERTS.columns)} FROM (
        FROM ${await this.#within(GOLD_ALERTS, within)} WHERE reading_id IN (${WANTED_IDS})
        QUALIFY row_number() OVER (PARTITION BY alert_id ORDER BY order_key DESC) = 1)
      WHERE state = 'raised'`;
    return readTable(this.connection, GOLD_ALERTS, sql, [listValue([...readingIds])]);
  }

  async silverRowsAfterBatch<K extends keyof SilverRow>(
    batch: number,
    columns: readonly K[],
  ): Promise<Pick<SilverRow, K>[]> {
    const later = await this.lend(this.#files(SILVER).filter((file) => (file.stats['batch']?.[1] ?? Infinity) > batch));
    const wanted = columns.flatMap((name) => SILVER.columns.filter((column) => column.name === name));
    const sql = `SELECT ${selectList(wanted)} FROM ${relationOver(SILVER, later)} WHERE batch > ${batch}`;
    return (await readRows(this.connection, wanted, sql, [])) as Pick<SilverRow, K>[];
  }

  async close(): Promise<void> {
    this.connection.closeSync();
    await this.database.close();
  }

  #files(table: Table) {
    return this.#tables.get(qualifiedName(table))?.files ?? [];
  }

  /** Silver in the files that hold versions of these readings: to open all columns of every file costs ten times more. */
  async #silverOf(readingIds: readonly string[], within: EventTimes): Promise<string> {
    const candidates = await this.lend(filesWithin(SILVER, this.#files(SILVER), within));
    if (candidates.length === 0) return relationOver(SILVER, []);
    const files = `read_parquet([${locations(candidates).map(quoteText).join(', ')}], filename = true)`;
    const sql = `SELECT DISTINCT filename FROM ${files} WHERE reading_id IN (${WANTED_IDS})`;
    const holding = new Set(await readTexts(this.connection, sql, [listValue([...readingIds])]));
    const found = candidates.filter((file) => holding.has(file.location));
    return relationWithin(SILVER, found, within);
  }

  /** {@link relationWithin} of the table, its files lent. */
  async #within(table: Table, times: EventTimes): Promise<string> {
    return relationWithin(table, await this.lend(filesWithin(table, this.#files(table), times)), times);
  }

  /** {@link relationNear} of the table, its files lent. */
  async #near(table: Table, windows: readonly { readonly window_start: number }[], millis: number): Promise<string> {
    const near = await this.lend(filesNear(table, this.#files(table), windows, millis));
    return relationNear(table, near, windows, millis);
  }

  async #latestPanes(table: Table, hours: readonly { readonly window_start: number }[], key: string): Promise<string> {
    const keys = table.key.filter((name) => name !== 'order_key').map(quoteName);
    const near = await this.#near(table, hours, HOUR);
    return `SELECT ${selectList(table.columns)} FROM (
      FROM ${near} WHERE (${key}, epoch_ms(window_start)) IN (${WANTED_WINDOWS})
      QUALIFY row_number() OVER (PARTITION BY ${keys.join(', ')} ORDER BY order_key DESC) = 1)`;
  }
}

function windowParameters<K extends string>(
  windows: readonly (Readonly<Record<K, string>> & { readonly window_start: number })[],
  key: K,
): DuckDBListValue[] {
  return [
    listValue(windows.map((window) => window[key])),
    listValue(windows.map((window) => BigInt(window.window_start))),
  ];
}
