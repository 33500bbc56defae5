import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { writeDataFiles } from '../../lake/data-file.js';
import { openLakeWriter } from '../../lake/lake.js';
import type { Row } from '../../lake/parquet.js';
import type { Table } from '../../schema/column.js';
import { GOLD_ALERTS } from '../../schema/tables/gold-alerts.js';
import { GOLD_PATIENT_SUMMARY } from '../../schema/tables/gold-patient-summary.js';
import { GOLD_VITALS_HOURLY } from '../../schema/tables/gold-vitals-hourly.js';
import { GOLD_WARD_ALERTS_HOURLY } from '../../schema/tables/gold-ward-alerts-hourly.js';
import { SILVER_DEAD_LETTER } from '../../schema/tables/silver-dead-letter.js';
import { SILVER_PATIENT_VITALS } from '../../schema/tables/silver-patient-vitals.js';
import { VERSIONS } from '../lake/rows.js';
import { counts, manifest } from '../query/fixture-lake.js';
import { goldOf, soundRows, type LakeRows } from '../query/sound-lake.js';

/** Lakes made by this test file; removed when it ends. */
const roots: string[] = [];
afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true, force: true });
});

export function scratchFolder(): string {
  const root = mkdtempSync(join(tmpdir(), 'vitals-dashboard-'));
  roots.push(root);
  return root;
}

/** When a batch of these lakes was committed: on the hour, batch by batch, a day after the readings. */
export function committedAt(batch: number): number {
  return Date.parse('2026-11-22T00:00:00Z') + batch * 3_600_000;
}

/** The bounded latest event time of a batch trails by this, as the engine's watermark does. */
const OUT_OF_ORDERNESS = 30_000;

/** Commits the batches `from` to `rows.sequence` with the lake's own writer. */
export async function writeBatches(
  root: string,
  rows: LakeRows,
  { from = 1, compact = false, keepManifests = 1_000 } = {},
): Promise<void> {
  const foldEvery = Math.min(100, keepManifests);
  const writer = await openLakeWriter(root, { clock: () => committedAt(rows.sequence), keepManifests, foldEvery });
  try {
    for (let batch = from; batch <= rows.sequence; batch += 1) {
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
      const events = rows.silver.filter((row) => row.batch <= batch).map((row) => row.event_time);
      const item = of(rows.dead).filter((row) => row.scope === 'item').length;
      const suppressed = batch === rows.sequence ? rows.totals.suppressed : 0;
      const silver = of(rows.silver).length;
      await writer.commit(
        manifest({
          ...rows.manifest,
          sequence: batch,
          files,
          committed_at: committedAt(batch),
          watermark: Math.max(...events) - OUT_OF_ORDERNESS,
          counts: counts({
            messages: of(rows.bronze).length,
            received: silver + item + suppressed,
            silver,
            dead_letter: item,
            suppressed,
            field_rejects: of(rows.dead).filter((row) => row.scope === 'field').length,
            conflicts: of(rows.dead).filter((row) => row.scope === 'conflict').length,
            alerts: of(rows.alerts).filter((row) => row.state === 'raised').length,
          }),
        }),
      );
    }
    if (compact) await writer.compact({ minFiles: 2 });
  } finally {
    await writer.close();
  }
}

/**
 * The lake of {@link soundRows}, with gold as each batch left it: batch 1 as first seen, batch 2 after a correction, batch 3
 * after a withdrawal.
 */
export function storyRows(): LakeRows {
  const rows = soundRows();
  const panes = [1, 2, 3].map((batch) => {
    const silver = rows.silver.filter((row) => row.batch <= batch);
    const gone = rows.alerts
      .filter((row) => row.state === 'withdrawn' && row.batch <= batch)
      .map((row) => row.alert_id);
    const standing = rows.alerts.filter((row) => row.state === 'raised' && !gone.includes(row.alert_id));
    return stamped(goldOf(silver, standing), batch);
  });
  return {
    ...rows,
    summary: panes.flatMap((pane) => pane.summary),
    hourly: panes.flatMap((pane) => pane.hourly),
    wards: panes.flatMap((pane) => pane.wards),
  };
}

function stamped(gold: ReturnType<typeof goldOf>, batch: number): ReturnType<typeof goldOf> {
  const order_key = `00000000000${batch}-000-00000001`;
  const stamp = <R>(rows: readonly R[]): R[] => rows.map((row) => ({ ...row, batch, order_key }));
  return { summary: stamp(gold.summary), hourly: stamp(gold.hourly), wards: stamp(gold.wards) };
}
