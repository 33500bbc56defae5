import { explainAppend } from '../../bigquery/write/append-failure.js';
import { openTableStreams, type TableStreamOptions } from '../../bigquery/write/open-table-stream.js';
import type { TableStream } from '../../bigquery/write/table-stream.js';
import { LakeError } from '../../lake/lake-error.js';
import { decodeParquet, type Row } from '../../lake/parquet.js';
import { LakeReader, type LakeSnapshot, type LiveFile } from '../../lake/reader.js';
import { openStorage } from '../../lake/storage/open.js';
import type { Storage } from '../../lake/storage/storage.js';
import { tableFolder } from '../../lake/table-folder.js';
import type { Table } from '../../schema/column.js';
import { GOLD_ALERTS } from '../../schema/tables/gold-alerts.js';
import { GOLD_PATIENT_SUMMARY } from '../../schema/tables/gold-patient-summary.js';
import { GOLD_VITALS_HOURLY } from '../../schema/tables/gold-vitals-hourly.js';
import { GOLD_WARD_ALERTS_HOURLY } from '../../schema/tables/gold-ward-alerts-hourly.js';

/** What is streamed: alerts first, then panes. Silver and bronze are many times more, and load jobs are free. */
const STREAMED: readonly Table[] = [GOLD_ALERTS, GOLD_PATIENT_SUMMARY, GOLD_VITALS_HOURLY, GOLD_WARD_ALERTS_HOURLY];

/** How often marks are renewed, and a failed append is tried anew, when no batch comes, ms. */
const HEARTBEAT_MILLIS = 30_000;

/**
 * Appends gold panes and alerts to BigQuery, batch after batch as they are committed.
 *
 * It follows the lake from marks in the lake, not the run: a crash between commit and append loses nothing, and a
 * warehouse that is away holds up no batch. Delivery: rows of batches that it covers at least once, after their commit;
 * repeats carry the same `order_key`, so no view counts them. What it cannot append within five minutes it leaves to
 * `vitals load`, which brings it exactly once.
 */
export class WarehouseStream {
  #due = false;
  #running: Promise<void> = Promise.resolve();
  #failed = false;
  #head = 0;
  readonly #heartbeat: NodeJS.Timeout;

  constructor(
    private readonly project: string,
    private readonly storage: Storage,
    private readonly streams: readonly TableStream[],
    private readonly clock: () => number,
    private readonly notice: (text: string) => void,
    private readonly reader = new LakeReader(storage),
  ) {
    this.#heartbeat = setInterval(() => this.committed(), HEARTBEAT_MILLIS);
    this.#heartbeat.unref();
  }

  /** @throws ConfigurationError when a table cannot be streamed into */
  static async open(
    project: string,
    lake: string,
    options: Omit<TableStreamOptions, 'head'>,
    notice: (text: string) => void,
  ): Promise<WarehouseStream> {
    const storage = openStorage(lake);
    const head = await headOf(storage);
    const streams = await openTableStreams(project, storage, STREAMED, { ...options, head });
    return new WarehouseStream(project, storage, streams, options.clock, notice);
  }

  /** Batches that are committed and not yet in every table of the warehouse. */
  get lag(): number {
    return Math.max(0, this.#head - Math.min(...this.streams.map((stream) => stream.through)));
  }

  /** Call after a commit; appends beside the batches. */
  committed(): void {
    if (this.#due) return;
    this.#due = true;
    this.#running = this.#running.then(async () => {
      this.#due = false;
      await this.#appendNew();
    });
  }

  /** Appends the rest. Never throws: what is left is said, and is `vitals load`'s. */
  async finish(): Promise<void> {
    this.committed();
    await this.#running;
    if (this.lag > 0) this.notice(`${this.lag} batches of gold are not in ${this.project} yet: run vitals load.`);
  }

  /** Ends the streams; from then on a load may bring what follows. */
  async close(): Promise<void> {
    clearInterval(this.#heartbeat);
    await this.#running;
    for (const stream of this.streams) await stream.close();
  }

  async #appendNew(): Promise<void> {
    let at = 'gold';
    try {
      const snapshot = await this.reader.snapshot();
      this.#head = snapshot.sequence;
      for (const stream of this.streams) {
        at = stream.name;
        await this.#follow(stream, snapshot);
      }
      this.#failed = false;
    } catch (error) {
      // A lake that is not there yet has nothing to append.
      if (error instanceof LakeError && error.code === 'NOT_A_LAKE') return;
      if (!this.#failed)
        this.notice(`${explainAppend(error, this.project, at, this.clock()).message} The run goes on.`);
      this.#failed = true;
    }
  }

  async #follow(stream: TableStream, { sequence, tables }: LakeSnapshot): Promise<void> {
    const left = await stream.yieldIfLate(sequence);
    if (left !== null) this.notice(`${stream.name}: batches ${left.first}-${left.last} are left to vitals load.`);
    const after = stream.through;
    for (const file of tables.get(stream.name)?.files ?? []) {
      if ((file.stats['batch']?.[1] ?? Infinity) <= after) continue;
      await stream.append(await this.#rowsOf(stream.table, file, after, sequence));
    }
    await stream.written(sequence);
  }

  async #rowsOf(table: Table, file: LiveFile, after: number, through: number): Promise<Row[]> {
    const bytes = await this.storage.readRange(tableFolder(table) + file.path, 0, null);
    if (bytes === null) throw new Error(`${file.path} is gone`);
    const rows: Row[] = [];
    for (const row of decodeParquet(bytes, table)) {
      const batch = row['batch'] as number;
      if (batch > after && batch <= through) rows.push({ ...row, ...file.partition });
    }
    return rows;
  }
}

async function headOf(storage: Storage): Promise<number> {
  try {
    return (await new LakeReader(storage).snapshot()).sequence;
  } catch (error) {
    if (error instanceof LakeError && error.code === 'NOT_A_LAKE') return 0;
    throw error;
  }
}
