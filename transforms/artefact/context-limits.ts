import type { VitalName } from '../../schema/vitals.js';

/** What in the minutes of one vital is more likely the sensor than the patient. */
export interface ContextLimit {
  readonly vital: VitalName;
  /** The same value, to the unit, for so many minutes; null where a sound sensor shows that too. */
  readonly flatMinutes: number | null;
  /** Its mean leaves both neighbours by more than this, in the vital's unit, and comes back within half of it. */
  readonly jump: number | null;
  /** A monitor measures it all the time, so that its absence says that a sensor is off. */
  readonly continuous: boolean;
}

/**
 * Context limits; the view gold.vital_artefacts is rendered from them. A jump is at least twice what patients do within an
 * hour where that is known (heart rate: maximum less minimum about 25 /min; Sci Rep 2023 s41598-023-40769-3), else what
 * tissue cannot do in a minute (temperature), else plausible. Flat lines are plausible: a saturation stands at 100 % for
 * hours and a cuff repeats its last value between measurements, so these have none, and what a pacemaker or a
 * ventilator sets is flat as well, so a flat line is a question and never silences anything. At a reading a minute a heart
 * rate of the simulator stands still for 15 minutes by chance once in 26 bed-days, a respiratory rate for 30 once in 10
 * (docs/artefacts.md).
 */
export const CONTEXT_LIMITS: readonly ContextLimit[] = [
  { vital: 'heart_rate', flatMinutes: 15, jump: 50, continuous: true },
  { vital: 'respiratory_rate', flatMinutes: 30, jump: 25, continuous: true },
  { vital: 'spo2', flatMinutes: null, jump: 15, continuous: true },
  { vital: 'systolic_bp', flatMinutes: null, jump: 60, continuous: false },
  { vital: 'diastolic_bp', flatMinutes: null, jump: 40, continuous: false },
  { vital: 'mean_bp', flatMinutes: null, jump: 45, continuous: false },
  { vital: 'temperature', flatMinutes: null, jump: 1.5, continuous: false },
];

/** Minutes this far apart, by their starts, are neighbours still: one may be missing between them. */
export const NEIGHBOUR_MINUTES = 2;

/** A vital that stays away for so many minutes with readings, having been there up to so many before, lost its sensor. */
export const NO_SIGNAL_MINUTES = 5;
export const KNOWN_WITHIN_MINUTES = 10;
