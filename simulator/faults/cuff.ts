import type { Random } from '../random.js';
import type { Distortion } from './distortion.js';

/** Chance that a leaking cuff gives up without a result. */
const FAILS = 0.3;

/** What is left of the pulse pressure, and how much lower the mean is read, mmHg. */
const DAMPING = [0.25, 0.45] as const;
const LOSS = [2, 8] as const;
const LEAST_PULSE_PRESSURE = 4;

/** A cuff that leaks, or a damped line: systolic low, pulse pressure narrow, and now and then no result. */
export function cuffLeak(random: Random): Distortion {
  const damping = random.between(...DAMPING);
  const loss = random.between(...LOSS);
  return {
    field: 'systolic_bp',
    value: null,
    spoil: (reading, chance) => {
      const failed = chance.uniform() < FAILS;
      const { systolic_bp: systolic, diastolic_bp: diastolic } = reading;
      if (systolic === null || diastolic === null) return;
      const pulse = Math.max(LEAST_PULSE_PRESSURE, damping * (systolic - diastolic));
      const mean = (systolic + 2 * diastolic) / 3 - loss;
      reading.systolic_bp = failed ? null : Math.round(mean + (2 / 3) * pulse);
      reading.diastolic_bp = failed ? null : Math.round(mean - pulse / 3);
    },
  };
}
