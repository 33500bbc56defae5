import { openLakeFiles } from '../../../lake/lake-files.js';
import { decodeParquet } from '../../../lake/parquet.js';
import { LakeReader, type LakeSnapshot, type LiveFile } from '../../../lake/reader.js';
import { openStorage } from '../../../lake/storage/open.js';
import type { Storage } from '../../../lake/storage/storage.js';
import {
  openLookups,
  type Lookups,
  type PatientWindow,
  type ReadingKeys,
  type WardWindow,
} from '../../../query/lookups.js';
import { overlaps } from '../../../query/slices.js';
import { qualifiedName, type RowOf, type Table } from '../../../schema/column.js';
import { BRONZE_PATIENT_VITALS } from '../../../schema/tables/bronze-patient-vitals.js';
import { GOLD_ALERTS, type AlertRow } from '../../../schema/tables/gold-alerts.js';
import type { VitalsHourlyRow } from '../../../schema/tables/gold-vitals-hourly.js';
import type { WardAlertsHourlyRow } from '../../../schema/tables/gold-ward-alerts-hourly.js';
import { SILVER_PATIENT_VITALS, type SilverRow } from '../../../schema/tables/silver-patient-vitals.js';
import { countWardAlerts, type WardAlertHour } from '../../../transforms/ward-alerts.js';
import type { Message } from '../../../transforms/reading.js';
import { ONE_HOUR, windowStart } from '../../../transforms/window.js';

/**
 * What the lake holds as of the last committed batch: where the engine looks when something is not in memory. Every
 * question is answered from a fresh snapshot, so it must be asked when all earlier batches are committed.
 */
export class CommittedState {
  readonly #storage: Storage;
  readonly #reader: LakeReader;

  #lookups: Promise<Lookups> | null = null;

  constructor(lake: string | Storage) {
    this.#storage = openStorage(lake);
    this.#reader = new LakeReader(this.#storage);
  }

  async close(): Promise<void> {
    await (await this.#lookups)?.close();
  }

  /** Latest event time in silver by the statistics of its files, -Infinity when it is empty. */
  async latestEventTime(): Promise<number> {
    const files = filesOf(await this.#reader.snapshot(), SILVER_PATIENT_VITALS);
    return files.reduce((latest, file) => Math.max(latest, file.stats['event_time']?.[1] ?? latest), -Infinity);
  }

  /** Those of these stretches of event time, each so many milliseconds long, that silver may hold something of. */
  async stretchesInSilver(starts: readonly number[], millis: number): Promise<number[]> {
    const files = filesOf(await this.#reader.snapshot(), SILVER_PATIENT_VITALS);
    return starts.filter((start) => files.some((file) => overlaps(file, 'event_time', start, start + millis)));
  }

  /** Keys of all versions with an event time in [from, to), in blocks. */
  async *readingKeysBetween(from: number, to: number): AsyncGenerator<ReadingKeys> {
    yield* (await this.#fresh()).readingKeyBlocksBetween(from, to);
  }

  /** The current version of every reading of these patients and windows, tombstones included. */
  async currentReadings(windows: readonly PatientWindow[], windowMillis: number): Promise<SilverRow[]> {
    if (windows.length === 0) return [];
    const starts = windows.map((window) => window.window_start);
    // A reading's identity holds its event time, so all its versions lie in the same window.
    const within = { from: least(starts), to: greatest(starts) + windowMillis };
    return (await this.#fresh()).currentReadings(windows, windowMillis, within);
  }

  /** All versions of these readings. */
  async versionsOf(readings: readonly { reading_id: string; event_time: number }[]): Promise<SilverRow[]> {
    const times = readings.map((reading) => reading.event_time);
    const within = { from: least(times), to: greatest(times) + 1 };
    const ids = [...new Set(readings.map((reading) => reading.reading_id))];
    return (await this.#fresh()).versionsOf(ids, within);
  }

  /** The latest pane of every vital of these patients and hours. */
  async vitalsHourlyPanes(hours: readonly PatientWindow[]): Promise<VitalsHourlyRow[]> {
    return (await this.#fresh()).vitalsHourlyPanes(hours);
  }

  /** The latest pane of every rule and severity of these wards and hours. */
  async wardAlertPanes(hours: readonly WardWindow[]): Promise<WardAlertsHourlyRow[]> {
    return (await this.#fresh()).wardAlertPanes(hours);
  }

  /** Rows that were committed after this batch, all versions. */
  async silverRowsAfterBatch(batch: number): Promise<SilverRow[]> {
    const columns = SILVER_PATIENT_VITALS.columns.map((column) => column.name);
    return (await this.#fresh()).silverRowsAfterBatch(batch, columns);
  }

  /** Standing alerts of every ward, rule, severity and hour that has had an alert since this batch, counted anew. */
  async wardAlertsChangedSince(batch: number): Promise<WardAlertHour[]> {
    const files = filesOf(await this.#reader.snapshot(), GOLD_ALERTS);
    const later = files.filter((file) => (file.stats['batch']?.[1] ?? Infinity) > batch);
    const changed = (await this.#rows(GOLD_ALERTS, later)).filter((alert) => alert.batch > batch);
    if (changed.length === 0) return [];
    const hours = changed.map((alert) => windowStart(alert.event_time, ONE_HOUR));
    const [from, to] = [least(hours), greatest(hours) + ONE_HOUR];
    const near = files.filter((file) => {
      const [first, last] = file.stats['event_time'] ?? [-Infinity, Infinity];
      return first < to && last >= from;
    });
    const current = latestOfEach(await this.#rows(GOLD_ALERTS, near));
    const keyOf = (count: WardAlertHour) => `${count.window_start}/${count.rule}/${count.severity}/${count.ward}`;
    const touched = countWardAlerts(changed.map((alert) => ({ ...alert, state: 'raised' })));
    const standing = new Map(countWardAlerts(current).map((count) => [keyOf(count), count]));
    return touched.map((count) => standing.get(keyOf(count)) ?? { ...count, n: 0 });
  }

  /** The messages of that id that an earlier batch froze: nearly always one, but ids are the senders' affair. */
  async messagesOf(batch: number, messageId: string): Promise<readonly Message[]> {
    const files = filesOf(await this.#reader.snapshot(), BRONZE_PATIENT_VITALS).filter((file) => {
      const [first, last] = file.stats['batch'] ?? [-Infinity, Infinity];
      return first <= batch && last >= batch;
    });
    const rows = await this.#rows(BRONZE_PATIENT_VITALS, files);
    const found = rows.filter((row) => row.batch === batch && row.message_id === messageId);
    if (found.length === 0) throw new Error(`committed state: batch ${batch} of bronze has no such message`);
    return found;
  }

  async #fresh(): Promise<Lookups> {
    // Opened with the first question: a run in order never asks, and a database of its own costs memory.
    this.#lookups ??= openLookups({ memoryLimit: '256MB', files: openLakeFiles(this.#storage) });
    const lookups = await this.#lookups;
    lookups.refresh((await this.#reader.snapshot()).tables);
    return lookups;
  }

  async #rows<T extends Table>(table: T, files: readonly LiveFile[]): Promise<RowOf<T>[]> {
    const rows: RowOf<T>[] = [];
    for (const file of files) {
      const bytes = await this.#storage.readRange(`${table.tier}/${table.name}/${file.path}`, 0, null);
      if (bytes) for (const row of decodeParquet(bytes, table)) rows.push(row as RowOf<T>);
    }
    return rows;
  }
}

function filesOf(snapshot: LakeSnapshot, table: Table): readonly LiveFile[] {
  return snapshot.tables.get(qualifiedName(table))?.files ?? [];
}

function latestOfEach(alerts: readonly AlertRow[]): AlertRow[] {
  const latest = new Map<string, AlertRow>();
  for (const alert of alerts) {
    const known = latest.get(alert.alert_id);
    if (known === undefined || known.order_key < alert.order_key) latest.set(alert.alert_id, alert);
  }
  return [...latest.values()];
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity);
}

function greatest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), -Infinity);
}
