import { applyManifest } from '../../lake/apply-manifest.js';
import { BronzeLog } from '../../lake/bronze-log.js';
import { writeDataFiles } from '../../lake/data-file.js';
import { DeltaLog } from '../../lake/delta/delta-log.js';
import { ManifestLog } from '../../lake/manifest-log.js';
import type { DataFile } from '../../lake/manifest.js';
import type { Row } from '../../lake/parquet.js';
import type { Storage } from '../../lake/storage/storage.js';
import { qualifiedName, type Table } from '../../schema/column.js';
import { TABLES } from '../../schema/index.js';
import { GOLD_ALERTS } from '../../schema/tables/gold-alerts.js';
import { GOLD_PATIENT_SUMMARY } from '../../schema/tables/gold-patient-summary.js';
import { GOLD_VITALS_HOURLY } from '../../schema/tables/gold-vitals-hourly.js';
import { GOLD_WARD_ALERTS_HOURLY } from '../../schema/tables/gold-ward-alerts-hourly.js';
import { SILVER_DEAD_LETTER } from '../../schema/tables/silver-dead-letter.js';
import { SILVER_PATIENT_VITALS } from '../../schema/tables/silver-patient-vitals.js';
import { counts, manifest } from '../query/fixture-lake.js';
import type { LakeRows } from '../query/sound-lake.js';
import { NOON, VERSIONS } from './rows.js';

/** A table as it was before some of its columns were added. */
export function before(table: Table, ...added: readonly string[]): Table {
  return { ...table, columns: table.columns.filter((column) => !added.includes(column.name)) };
}

/** Writes rows as one batch, the way a program did whose silver lacked these columns: files, logs and manifest. */
export async function writeOlderLake(storage: Storage, rows: LakeRows, added: readonly string[]): Promise<void> {
  const silver = before(SILVER_PATIENT_VITALS, ...added);
  const asWas = (table: Table) => (table === (SILVER_PATIENT_VITALS as Table) ? silver : table);
  const logs = new Map<string, DeltaLog>();
  for (const table of TABLES as readonly Table[]) {
    logs.set(qualifiedName(table), await DeltaLog.open(storage, asWas(table), () => NOON));
  }
  const bronze = await BronzeLog.open(logs.get('bronze.patient_vitals')!, 0, () => NOON);
  const frozen = rows.bronze.map((row, offset) => ({ ...row, batch: 1, offset }));
  await bronze.freeze(1, await bronze.write(frozen), { positions: null, versions: VERSIONS });
  const written: [Table, readonly Row[]][] = [
    [silver, rows.silver],
    [SILVER_DEAD_LETTER, rows.dead],
    [GOLD_PATIENT_SUMMARY, rows.summary],
    [GOLD_VITALS_HOURLY, rows.hourly],
    [GOLD_ALERTS, rows.alerts],
    [GOLD_WARD_ALERTS_HOURLY, rows.wards],
  ];
  const files: DataFile[] = [];
  for (const [table, of] of written) {
    const inBatch = of.map((row) => ({ ...row, batch: 1 }));
    files.push(...(await writeDataFiles(storage, table, 1, inBatch)));
  }
  const fired = Object.fromEntries(Object.keys(rows.manifest.fired).map((table) => [table, 1]));
  const done = manifest({ ...rows.manifest, sequence: 1, files, fired, counts: counts(rows.totals) });
  await (await ManifestLog.open(storage)).append(done);
  await applyManifest(logs, done, NOON);
}
