import type { ModelDriftRow } from '../../schema/tables/gold-model-drift.js';
import { random } from './random-rows.js';

const HOUR = 3_600_000;
const START = Date.parse('2026-11-20T20:00:00Z');
const VERDICTS = ['too_few', 'stable', 'chance', 'moderate', 'major'];

/** Drift of two models, three wards and four hours; some hours are recorded again later, not in order. */
export function driftRows(seed: number): ModelDriftRow[] {
  const next = random(seed);
  const rows: ModelDriftRow[] = [];
  for (const model_id of ['forest-000000000001', 'forest-000000000002']) {
    for (const ward of ['ICU', 'unknown', '*']) {
      for (const feature of ['heart_rate', 'spo2']) {
        for (let hour = 0; hour < 4; hour += 1) {
          if (next() < 0.3) continue;
          const times = next() < 0.4 ? [2, 1] : [1];
          for (const time of times) rows.push(driftRow({ model_id, ward, feature }, START + hour * HOUR, time, next));
        }
      }
    }
  }
  return rows;
}

function driftRow(
  key: Pick<ModelDriftRow, 'model_id' | 'ward' | 'feature'>,
  window_start: number,
  time: number,
  next: () => number,
): ModelDriftRow {
  const verdict = VERDICTS[Math.floor(next() * VERDICTS.length)] ?? 'stable';
  return {
    ...key,
    ...{ window_start, n: Math.floor(next() * 1_000), patients: Math.floor(next() * 30), compared_with: 'hospital' },
    ...{ missing_share: next(), reference_missing_share: next(), psi: next(), ks: next() < 0.3 ? null : next() },
    ...{ ks_critical: next(), verdict, alert: verdict === 'major', recorded_at: START + 5 * HOUR + time },
  };
}
