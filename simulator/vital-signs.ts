import type { Consciousness } from '../transforms/reading.js';

/**
 * A patient's vital signs at one time, in the units of schema/vitals.ts, unrounded and never missing. One object is
 * filled anew for every reading, so that the hot path allocates nothing and stays in the processor's cache.
 */
export class VitalSigns {
  heart_rate = 0;
  respiratory_rate = 0;
  systolic_bp = 0;
  diastolic_bp = 0;
  temperature = 0;
  spo2 = 0;
  glucose = 0;
  supplemental_oxygen = false;
  consciousness: Consciousness = 'A';
  /** Signs of low glucose, so that somebody checks it often. */
  glucose_checks = false;
}

/** What a monitor shows of them: rounded; null is missing. Filled anew for every reading, too. */
export class MonitorReading {
  sequence = 0;
  heart_rate: number | null = null;
  respiratory_rate: number | null = null;
  spo2: number | null = null;
  systolic_bp: number | null = null;
  diastolic_bp: number | null = null;
  temperature: number | null = null;
  glucose: number | null = null;
  supplemental_oxygen = false;
  consciousness: Consciousness = 'A';
  probe_off = false;
  lead_off = false;
}
