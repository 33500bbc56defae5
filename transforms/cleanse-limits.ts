import type { VitalName } from '../schema/vitals.js';
import type { Unit } from './units.js';

/** What a value of one vital is measured against, in its canonical unit. */
export interface CleanseLimits {
  readonly name: VitalName;
  /** The canonical unit, as in schema/vitals.ts. */
  readonly unit: Unit;
  /** Decimal digits, as in schema/vitals.ts. */
  readonly scale: number;
  /** Outside is a device fault, not physiology: reject RANGE. Inclusive. */
  readonly low: number;
  readonly high: number;
  /**
   * A value above it, up to `high`, is what it seems unless it is labelled otherwise; at or below it, {@link cleanse} looks closer. At least half
   * of the last digit that is kept: what rounds to 0 is a 0.
   */
  readonly sureAbove: number;
}

/**
 * Limits of what can be believed (rows 38, 42, 45-49 of docs/dead-letters.md). Wide on purpose: an alarm is for the alert
 * rules to raise, so nothing that a dying patient can show is refused. Sources: heart rate 350 /min, pressures 375 mmHg,
 * temperature 26-45 C and glucose 2,000 mg/dL are the valid ranges of the MIMIC-III benchmark (Harutyunyan et al.,
 * Scientific Data 2019); respiration 120 /min is twice the fast breathing of a newborn (60 /min, WHO).
 */
export const CLEANSE_LIMITS = {
  heart_rate: { name: 'heart_rate', unit: '/min', scale: 0, low: 0, high: 350, sureAbove: 0.5 },
  respiratory_rate: { name: 'respiratory_rate', unit: '/min', scale: 0, low: 0, high: 120, sureAbove: 0.5 },
  spo2: { name: 'spo2', unit: '%', scale: 0, low: 0, high: 100, sureAbove: 1 },
  systolic_bp: { name: 'systolic_bp', unit: 'mm[Hg]', scale: 0, low: 0, high: 375, sureAbove: 34 },
  diastolic_bp: { name: 'diastolic_bp', unit: 'mm[Hg]', scale: 0, low: 0, high: 375, sureAbove: 34 },
  mean_bp: { name: 'mean_bp', unit: 'mm[Hg]', scale: 1, low: 0, high: 375, sureAbove: 34 },
  temperature: { name: 'temperature', unit: 'Cel', scale: 2, low: 26, high: 45, sureAbove: 26 },
  glucose: { name: 'glucose', unit: 'mg/dL', scale: 1, low: 0, high: 2000, sureAbove: 0.05 },
} as const satisfies { [V in VitalName]: CleanseLimits & { name: V } };

/** Values that devices send for "no value" (row 49): -1, all ones in 8, 15 and 23 bits, and fillers that people chose. */
export const SENTINELS: ReadonlySet<number> = new Set([-1, 255, 999, 32767, -100, 8388607]);

/** An unlabelled temperature in it is Fahrenheit (35-45 C); no Celsius temperature of a body can be (row 33). */
export const FAHRENHEIT_GUESS = { low: 95, high: 113 } as const;

/** An unlabelled temperature in it is kelvin (26-45 C): refused, since no bedside device uses kelvin (row 34). */
export const KELVIN_GUESS = { low: 299.15, high: 318.15 } as const;

/** An unlabelled SpO2 from here to below 1 is a fraction; 1 itself is 1 % or 100 % (rows 35, 36). */
export const LEAST_FRACTION = 0.5;

/**
 * Pressures that are kPa when nothing says mmHg (row 37). 34 kPa is 255 mmHg, and no cuff reads a systolic below 34 mmHg;
 * diastolic and mean can be lower, so alone they are doubted only below 20 mmHg (150 mmHg in kPa).
 */
export const KPA_BELOW = { systolic: 34, alone: 20 } as const;

/** Systolic minus diastolic below it is flagged: tamponade, or a damped line (row 41). */
export const NARROW_PULSE_PRESSURE = 10;

/** Row 56 and 57: how far event time may be ahead of the sender's clock, ms. */
export const SKEW_AFTER = 5 * 60_000;
export const FUTURE_AFTER = 24 * 3_600_000;
