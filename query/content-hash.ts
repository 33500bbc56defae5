import { createHash } from 'node:crypto';
import { openLakeFiles } from '../lake/lake-files.js';
import type { LakeSnapshot } from '../lake/reader.js';
import { qualifiedName, type Column, type Table } from '../schema/column.js';
import { GOLD_ALERTS } from '../schema/tables/gold-alerts.js';
import { GOLD_PATIENT_SUMMARY } from '../schema/tables/gold-patient-summary.js';
import { GOLD_VITALS_HOURLY } from '../schema/tables/gold-vitals-hourly.js';
import { GOLD_WARD_ALERTS_HOURLY } from '../schema/tables/gold-ward-alerts-hourly.js';
import { SILVER_PATIENT_VITALS } from '../schema/tables/silver-patient-vitals.js';
import { openDatabase, type Database, type DatabaseOptions } from './database.js';
import { relationIn, slicesOf } from './slices.js';
import { quoteName, quotedTable } from './sql-text.js';
import { createTableViews, lendSnapshot } from './table-views.js';
import { collectVersions, REPEATED, WINNERS } from './versions.js';

/** Hex SHA-256 of the current content of silver and of gold, whatever the layout, and of how many rows. */
export interface ContentHashes {
  readonly silver_hash: string;
  readonly gold_hash: string;
  readonly silver_rows: number;
  readonly gold_rows: number;
}

/** Sums of the two halves of the row hashes, and how many rows: adding is what makes order and layout irrelevant. */
interface Sums {
  readonly rows: bigint;
  readonly lower: bigint;
  readonly upper: bigint;
}

const PANES: readonly Table[] = [GOLD_PATIENT_SUMMARY, GOLD_VITALS_HOURLY, GOLD_WARD_ALERTS_HOURLY];
const NOTHING: Sums = { rows: 0n, lower: 0n, upper: 0n };

/** Opens a database of its own for {@link contentHashes}. @throws QueryError when a file cannot be read */
export async function hashLake(given: LakeSnapshot, options: DatabaseOptions = {}): Promise<ContentHashes> {
  const database = await openDatabase(options);
  try {
    const snapshot = await lendSnapshot(openLakeFiles(given.root), given);
    await createTableViews(database, snapshot);
    await database.run('SET preserve_insertion_order = false');
    await collectVersions(database, rowsOf(snapshot, SILVER_PATIENT_VITALS));
    return await contentHashes(database, snapshot);
  } finally {
    await database.close();
  }
}

/**
 * Content hashes of current rows: in silver the current version of each reading, tombstones included; in gold the latest
 * pane of each key that holds something and the alerts that stand. A pane of nothing and an alert that was withdrawn say
 * the same as none at all, and whether they are there depends on how the input was cut into batches.
 *
 * Only the columns that the schema marks as hashed count, in the schema's order. The text of a row is a JSON array of
 * them (times in epoch milliseconds, null is not ''); its MD5 is added, as two 64-bit halves, to those of the other
 * rows, and the sums and the number of rows are hashed once more. MD5 is fine here: it tells whether two lakes are the
 * same, not whether somebody forged one.
 *
 * @param database one with the tables of the snapshot, and {@link collectVersions} done
 */
export async function contentHashes(database: Database, snapshot: LakeSnapshot): Promise<ContentHashes> {
  const silver = await silverSums(database);
  const gold: [string, Sums][] = [];
  for (const table of PANES) gold.push([qualifiedName(table), await paneSums(database, snapshot, table)]);
  gold.push([qualifiedName(GOLD_ALERTS), await alertSums(database)]);
  return {
    silver_hash: digest([[qualifiedName(SILVER_PATIENT_VITALS), silver]]),
    gold_hash: digest(gold),
    silver_rows: Number(silver.rows),
    gold_rows: Number(gold.reduce((sum, [, sums]) => sum + sums.rows, 0n)),
  };
}

async function silverSums(database: Database): Promise<Sums> {
  const single = `(FROM silver.patient_vitals ANTI JOIN ${REPEATED} USING (reading_id))`;
  const row = rowHash(SILVER_PATIENT_VITALS);
  return add(await sums(database, row, single), await sums(database, row, WINNERS));
}

async function paneSums(database: Database, snapshot: LakeSnapshot, table: Table): Promise<Sums> {
  const keys = table.key.filter((name) => name !== 'order_key').map(quoteName);
  let total = NOTHING;
  for (const slice of slicesOf(snapshot, [table])) {
    const panes = relationIn(snapshot, table, slice);
    const latest = `(SELECT ${keys.join(', ')}, max(order_key) AS order_key FROM ${panes} GROUP BY ALL)`;
    const current = `(FROM ${panes} SEMI JOIN ${latest} USING (${[...keys, 'order_key'].join(', ')}) WHERE n > 0)`;
    total = add(total, await sums(database, rowHash(table), current));
  }
  return total;
}

async function alertSums(database: Database): Promise<Sums> {
  const alerts = quotedTable(GOLD_ALERTS);
  const latest = `(SELECT alert_id, max(order_key) AS order_key FROM ${alerts} GROUP BY alert_id)`;
  const standing = `(FROM ${alerts} SEMI JOIN ${latest} USING (alert_id, order_key) WHERE state = 'raised')`;
  return sums(database, rowHash(GOLD_ALERTS), standing);
}

/** The MD5 of a row's hashed columns, as one 128-bit number. */
function rowHash(table: Table): string {
  const columns = (table.columns as readonly Column[]).filter((column) => column.hashed === true);
  return `md5_number(json_array(${columns.map(canonical).join(', ')}))`;
}

function canonical(column: Column): string {
  const name = quoteName(column.name);
  if (column.type === 'timestamp') return `epoch_ms(${name})`;
  if (column.type === 'bytes') return `hex(${name})`;
  return name;
}

async function sums(database: Database, hash: string, relation: string): Promise<Sums> {
  const [row] = await database.rows(
    `SELECT count(*)::VARCHAR AS n,
       coalesce(sum((h & 18446744073709551615::UHUGEINT)::UBIGINT), 0)::VARCHAR AS lower,
       coalesce(sum((h >> 64)::UBIGINT), 0)::VARCHAR AS upper
     FROM (SELECT ${hash} AS h FROM ${relation})`,
  );
  return {
    rows: BigInt(String(row?.['n'])),
    lower: BigInt(String(row?.['lower'])),
    upper: BigInt(String(row?.['upper'])),
  };
}

function add(a: Sums, b: Sums): Sums {
  return { rows: a.rows + b.rows, lower: a.lower + b.lower, upper: a.upper + b.upper };
}

function digest(tables: readonly (readonly [string, Sums])[]): string {
  const lines = tables.map(([name, sums]) => `${name} ${sums.rows} ${sums.lower} ${sums.upper}\n`);
  return createHash('sha256').update(lines.join('')).digest('hex');
}

/** Rows of a table by its log. */
export function rowsOf(snapshot: LakeSnapshot, table: Table): number {
  const files = snapshot.tables.get(qualifiedName(table))?.files ?? [];
  return files.reduce((sum, file) => sum + (file.rows ?? 0), 0);
}
