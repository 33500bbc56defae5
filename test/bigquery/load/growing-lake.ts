import { openLakeWriter } from '../../../lake/lake.js';
import { writeDataFiles } from '../../../lake/data-file.js';
import type { LakeWriter } from '../../../lake/lake-writer.js';
import { GOLD_ALERTS, type AlertRow } from '../../../schema/tables/gold-alerts.js';
import { GOLD_VITALS_HOURLY, type VitalsHourlyRow } from '../../../schema/tables/gold-vitals-hourly.js';
import { rowsOf, tableNamed, VERSIONS } from '../../lake/rows.js';
import { manifest } from '../../query/fixture-lake.js';
import { alertRow, bronzeRow } from '../../query/fixture-rows.js';

const DAY = 86_400_000;
const START = Date.parse('2026-11-20T00:00:00Z');

/** A lake that grows by batches of alerts and hours over three days, late ones among them. */
export class GrowingLake {
  private constructor(
    readonly root: string,
    private readonly writer: LakeWriter,
  ) {}

  static async open(root: string, clock: () => number = () => START): Promise<GrowingLake> {
    return new GrowingLake(root, await openLakeWriter(root, { clock }));
  }

  /** Commits so many more batches, each with rows of two days. */
  async grow(batches: number, rows = 4): Promise<void> {
    for (let i = 0; i < batches; i++) {
      const batch = this.writer.nextSequence;
      await this.writer.freeze([bronzeRow({ batch, offset: 0, text: `message ${batch}` })] as never, {
        positions: null,
        versions: VERSIONS,
      });
      const alerts = Array.from({ length: rows }, (_, row) => alertOf(batch, row));
      const hours = Array.from({ length: rows }, (_, row) => hourOf(batch, row));
      const files = [
        ...(await writeDataFiles(this.writer.storage, GOLD_ALERTS, batch, alerts)),
        ...(await writeDataFiles(this.writer.storage, GOLD_VITALS_HOURLY, batch, hours)),
        ...(await this.#anyRows('silver.patient_vitals', batch, rows)),
        ...(await this.#anyRows('silver.dead_letter', batch, 1)),
      ];
      await this.writer.commit(manifest({ sequence: batch, files }));
    }
  }

  /** Rows with every type of column, nulls among them. */
  #anyRows(name: string, batch: number, rows: number) {
    const table = tableNamed(name);
    return writeDataFiles(this.writer.storage, table, batch, rowsOf(table, batch, rows, timeOf(batch, 1)));
  }

  /** Replaces the people. */
  async people(count: number): Promise<void> {
    const table = tableNamed('reference.patients');
    await this.writer.replace(table, rowsOf(table, 1, count));
  }

  /** Merges whatever can be merged. */
  async compact(): Promise<void> {
    await this.writer.compact({ minFiles: 2 });
  }

  close(): Promise<void> {
    return this.writer.close();
  }
}

/** The day of a row: mostly the batch's own, every third row a day late. */
function timeOf(batch: number, row: number): number {
  return START + (Math.floor(batch / 5) % 3) * DAY + batch * 1_000 + row - (row % 3 === 0 ? DAY : 0);
}

function alertOf(batch: number, row: number): AlertRow {
  const event_time = timeOf(batch, row);
  return alertRow({
    alert_id: `a${batch}-${row}`,
    order_key: `${String(batch).padStart(12, '0')}-${String(row).padStart(6, '0')}`,
    event_time,
    event_date: new Date(event_time).toISOString().slice(0, 10),
    value: row / 4,
    ward: row % 2 === 0 ? null : 'Ünïcode ward',
    batch,
  });
}

function hourOf(batch: number, row: number): VitalsHourlyRow {
  const window_start = Math.floor(timeOf(batch, row) / 3_600_000) * 3_600_000;
  return {
    patient_id: `p${row}`,
    vital: 'heart_rate',
    window_start,
    order_key: `${String(batch).padStart(12, '0')}-${String(row).padStart(6, '0')}`,
    pane: 'early',
    ward: 'A',
    n: batch,
    sum_value: batch * 70.5,
    min_value: null,
    max_value: 90,
    last_event_time: timeOf(batch, row),
    batch,
    event_date: new Date(window_start).toISOString().slice(0, 10),
  };
}
