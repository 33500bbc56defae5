import type { ModelDriftRow } from '../../schema/tables/gold-model-drift.js';

/** The newest hour of each model, ward and feature, as it was recorded last. */
export function latestDrift(rows: readonly ModelDriftRow[]): readonly ModelDriftRow[] {
  const latest = new Map<string, ModelDriftRow>();
  for (const row of rows) {
    const key = `${row.model_id}|${row.ward}|${row.feature}`;
    const other = latest.get(key);
    const isNewer =
      other === undefined ||
      row.window_start > other.window_start ||
      (row.window_start === other.window_start && row.recorded_at > other.recorded_at);
    if (isNewer) latest.set(key, row);
  }
  return [...latest.values()];
}
