import { EventLog } from '../../lake/event-log.js';
import { openLakeWriter } from '../../lake/lake.js';
import { writeDataFiles } from '../../lake/data-file.js';
import type { LakeWriter } from '../../lake/lake-writer.js';
import type { BatchCounts } from '../../lake/manifest.js';
import type { Row } from '../../lake/parquet.js';
import type { Storage } from '../../lake/storage/storage.js';
import type { Table } from '../../schema/column.js';
import { GOLD_ALERTS } from '../../schema/tables/gold-alerts.js';
import { GOLD_MODEL_DRIFT, type ModelDriftRow } from '../../schema/tables/gold-model-drift.js';
import { GOLD_PATIENT_SUMMARY } from '../../schema/tables/gold-patient-summary.js';
import { GOLD_VITALS_HOURLY } from '../../schema/tables/gold-vitals-hourly.js';
import { GOLD_WARD_ALERTS_HOURLY } from '../../schema/tables/gold-ward-alerts-hourly.js';
import { SILVER_DEAD_LETTER } from '../../schema/tables/silver-dead-letter.js';
import { SILVER_PATIENT_VITALS } from '../../schema/tables/silver-patient-vitals.js';
import { VERSIONS } from '../lake/rows.js';
import { counts, manifest } from './fixture-lake.js';
import type { LakeRows } from './sound-lake.js';

/** Writes rows into a lake with the lake's own writer, batch by batch, as the pipeline does. */
export async function writeWithLake(root: string | Storage, rows: LakeRows, compact = false): Promise<void> {
  const writer = await openLakeWriter(root, { clock: () => 1_795_219_200_000 });
  try {
    for (let batch = 1; batch <= rows.sequence; batch += 1) await commitBatch(writer, rows, batch);
    if (compact) await writer.compact();
  } finally {
    await writer.close();
  }
  const log = new EventLog<ModelDriftRow>(root, GOLD_MODEL_DRIFT, (row) => row.recorded_at);
  await log.add(rows.drift ?? []);
}

async function commitBatch(writer: LakeWriter, rows: LakeRows, batch: number): Promise<void> {
  const of = <R extends { readonly batch: number }>(all: readonly R[]) => all.filter((row) => row.batch === batch);
  await writer.freeze(of(rows.bronze), { positions: null, versions: VERSIONS });
  const tables: [Table, readonly Row[]][] = [
    [SILVER_PATIENT_VITALS, of(rows.silver)],
    [SILVER_DEAD_LETTER, of(rows.dead)],
    [GOLD_PATIENT_SUMMARY, of(rows.summary)],
    [GOLD_VITALS_HOURLY, of(rows.hourly)],
    [GOLD_ALERTS, of(rows.alerts)],
    [GOLD_WARD_ALERTS_HOURLY, of(rows.wards)],
  ];
  const files = [];
  for (const [table, part] of tables) files.push(...(await writeDataFiles(writer.storage, table, batch, part)));
  await writer.commit(manifest({ ...rows.manifest, sequence: batch, files, counts: countsOf(rows, batch) }));
}

/** What a manifest counts of one batch; what was suppressed is put on the last one. */
function countsOf(rows: LakeRows, batch: number): BatchCounts {
  const n = (all: readonly { readonly batch: number }[]) => all.filter((row) => row.batch === batch).length;
  const scope = (name: string) => n(rows.dead.filter((row) => row.scope === name));
  const suppressed = batch === rows.sequence ? rows.totals.suppressed : 0;
  const [silver, dead_letter] = [n(rows.silver), scope('item')];
  return counts({
    messages: n(rows.bronze),
    received: silver + dead_letter + suppressed,
    silver,
    dead_letter,
    suppressed,
    field_rejects: scope('field'),
    conflicts: scope('conflict'),
  });
}
