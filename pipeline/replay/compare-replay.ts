import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeParquet, type Row } from '../../lake/parquet.js';
import type { LakeSnapshot } from '../../lake/reader.js';
import { openDatabase, type Database } from '../../query/database.js';
import { createTableViews } from '../../query/table-views.js';
import { quoteName, quoteText } from '../../query/sql-text.js';
import type { Column, Table } from '../../schema/column.js';
import { SILVER_PATIENT_VITALS } from '../../schema/tables/silver-patient-vitals.js';
import type { GraphOutcome } from '../engines/micro-batch/graph-outcome.js';

/** Holds what the graph makes of a batch against what the lake has of it. */
export class ReplayComparison {
  private constructor(
    private readonly database: Database,
    private readonly folder: string,
  ) {}

  static async open(snapshot: LakeSnapshot): Promise<ReplayComparison> {
    const database = await openDatabase();
    await createTableViews(database, snapshot);
    return new ReplayComparison(database, await mkdtemp(join(tmpdir(), 'vitals-replay-')));
  }

  /**
   * Every row that the replay gives must be a version in silver with the same hashed columns, and the rows and rejects that
   * the lake has of the batch must be among those of the replay.
   *
   * @returns one sentence when they differ, without any value
   */
  async problemOf(sequence: number, outcome: GraphOutcome): Promise<string | null> {
    const file = join(this.folder, `${sequence}.parquet`);
    const scored = outcome.scored.flat() as readonly object[] as readonly Row[];
    await writeFile(file, encodeParquet(SILVER_PATIENT_VITALS, scored));
    const replayed = `(SELECT DISTINCT ${HASHED} FROM read_parquet(${quoteText(file)}))`;
    const held = `(SELECT ${HASHED} FROM silver.patient_vitals`;
    const near = `${held} WHERE reading_id IN (SELECT reading_id FROM ${replayed}))`;
    const absent = await this.#count(`FROM ${replayed} EXCEPT FROM ${near}`);
    const unknown = await this.#count(`FROM ${held} WHERE batch = ${sequence}) EXCEPT FROM ${replayed}`);
    const letters = await this.#count(`FROM silver.dead_letter WHERE batch = ${sequence} AND scope <> 'conflict'`);
    if (absent > 0) return `batch ${sequence} replays to ${absent} rows that silver does not have`;
    if (unknown > 0) return `silver has ${unknown} rows of batch ${sequence} that its messages do not give`;
    if (letters === outcome.rejects.length) return null;
    return `batch ${sequence} has ${letters} dead letters, and replays to ${outcome.rejects.length}`;
  }

  async close(): Promise<void> {
    await this.database.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  async #count(relation: string): Promise<number> {
    const [row] = await this.database.rows(`SELECT count(*)::INTEGER AS n FROM (${relation})`);
    return Number(row?.['n']);
  }
}

/** Columns that say what a row is, not which run made it. */
const HASHED = ((SILVER_PATIENT_VITALS as Table).columns as readonly Column[])
  .filter((column) => column.hashed === true)
  .map((column) => quoteName(column.name))
  .join(', ');
