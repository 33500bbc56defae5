import { EventLog } from '../../lake/event-log.js';
import type { LakeSnapshot } from '../../lake/reader.js';
import type { Storage } from '../../lake/storage/storage.js';
import type { HourlyDrift } from '../../query/drift/measure.js';
import type { QueryRow } from '../../query/database.js';
import { openQuerySession } from '../../query/session.js';
import { GOLD_MODEL_DRIFT, type ModelDriftRow } from '../../schema/tables/gold-model-drift.js';

/** A row of gold.model_drift as it is measured: when it is recorded is added by {@link recordDrift}. */
export type MeasuredRow = Omit<ModelDriftRow, 'recorded_at'>;

/** The row of a measurement. */
export function driftRow(modelId: string, drift: HourlyDrift): MeasuredRow {
  const { ward, window_start, feature, patients, rows, compared_with, ks, verdict, ...rest } = drift;
  const { missing_share, reference_missing_share, psi, ks_critical } = rest;
  return {
    ...{ model_id: modelId, ward, window_start, feature, n: rows, patients, compared_with },
    ...{ missing_share, reference_missing_share, psi, ks: Number.isNaN(ks) ? null : ks, ks_critical },
    ...{ verdict, alert: verdict === 'major' },
  };
}

/**
 * Appends to gold.model_drift what is not recorded as it is now: to record the same hours again adds nothing, and late readings add the
 * rows that they change.
 *
 * Delivery: the rows are in the table when it resolves, all in one commit. Two that record the same hours at the same moment may each add
 * them; gold.model_drift_latest shows one.
 *
 * Memory: what is recorded of the same model and stretch, besides the rows.
 *
 * @param root of the lake, or its storage
 * @param snapshot of the same lake
 * @param now epoch milliseconds
 * @returns how many rows were added
 */
export async function recordDrift(
  root: string | Storage,
  snapshot: LakeSnapshot,
  rows: readonly MeasuredRow[],
  now: number,
): Promise<number> {
  const recorded = await recordedNow(snapshot, rows);
  const added = rows.filter((row) => recorded.get(keyOf(row)) !== contentOf(row));
  await new EventLog<ModelDriftRow>(root, GOLD_MODEL_DRIFT, (row) => row.recorded_at).add(
    added.map((row) => ({ ...row, recorded_at: now })),
  );
  return added.length;
}

/** What holds of the model and the stretch of the rows, by key. */
async function recordedNow(snapshot: LakeSnapshot, rows: readonly MeasuredRow[]): Promise<Map<string, string>> {
  const first = rows[0];
  if (first === undefined) return new Map();
  const starts = rows.map((row) => row.window_start);
  const [from, to] = [starts.reduce((a, b) => Math.min(a, b)), starts.reduce((a, b) => Math.max(a, b))];
  const session = await openQuerySession(snapshot);
  try {
    const sql = `
      SELECT * REPLACE (epoch_ms(window_start) AS window_start) FROM gold.model_drift
      WHERE model_id = $1 AND epoch_ms(window_start) BETWEEN $2 AND $3
      QUALIFY row_number() OVER (PARTITION BY ward, window_start, feature ORDER BY recorded_at DESC) = 1`;
    const found = await session.all(sql, [first.model_id, from, to]);
    return new Map(found.map((row) => [keyOf(row), contentOf(row)]));
  } finally {
    await session.close();
  }
}

function keyOf(row: MeasuredRow | QueryRow): string {
  return JSON.stringify([row.ward, Number(row.window_start), row.feature]);
}

const CONTENT = GOLD_MODEL_DRIFT.columns.map(({ name }) => name).filter((name) => name !== 'recorded_at');

function contentOf(row: MeasuredRow | QueryRow): string {
  const values = row as Readonly<Record<string, unknown>>;
  return JSON.stringify(CONTENT.map((name) => values[name] ?? null));
}
