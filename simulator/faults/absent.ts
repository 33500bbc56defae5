import type { MonitorReading } from '../vital-signs.js';
import type { Distortion } from './distortion.js';

type Numeric = 'heart_rate' | 'respiratory_rate' | 'systolic_bp' | 'diastolic_bp' | 'temperature';

/** The vitals are not measured. The ground truth names the first. */
export function absent(first: Numeric, ...others: readonly Numeric[]): Distortion {
  return {
    field: first,
    value: null,
    spoil: (reading: MonitorReading) => {
      reading[first] = null;
      for (const field of others) reading[field] = null;
    },
  };
}
