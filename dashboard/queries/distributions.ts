import type { Distribution } from '../api.js';
import { VITALS, type VitalName } from '../../schema/vitals.js';
import { NORMAL_BANDS } from './normal-bands.js';
import type { PatientNow } from './patients-now.js';

/** Bins that show both the ordinary and the alarming, from and to in steps: what lies outside counts in the outermost. */
const BINS: Readonly<Record<VitalName, readonly [from: number, to: number, step: number]>> = {
  heart_rate: [30, 190, 10],
  respiratory_rate: [4, 44, 2],
  spo2: [80, 101, 1],
  systolic_bp: [70, 230, 10],
  diastolic_bp: [30, 140, 10],
  mean_bp: [40, 160, 10],
  temperature: [34, 41, 0.5],
  glucose: [40, 400, 20],
};

/** How each vital of the latest minutes is spread over the patients that have it. */
export function distributionsOf(patients: readonly PatientNow[]): readonly Distribution[] {
  return VITALS.map(({ name, unit }) => {
    const [from, to, step] = BINS[name];
    const bins = Math.round((to - from) / step);
    const counts = Array<number>(bins).fill(0);
    for (const { vitals } of patients) {
      const value = vitals[name];
      if (value === null) continue;
      const bin = Math.min(bins - 1, Math.max(0, Math.floor((value - from) / step)));
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    const edges = Array.from({ length: bins + 1 }, (_, index) => from + index * step);
    return { vital: name, unit, edges, counts, normal: NORMAL_BANDS[name] };
  });
}
