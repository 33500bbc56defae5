import type { VitalName } from '../../schema/vitals.js';
import type { Severity } from '../clinical/alert-rules.js';

/** The values that an alarm may watch: a vital in its canonical unit, or the low bound of NEWS2. */
export const ALARM_FIELDS = [
  'heart_rate',
  'respiratory_rate',
  'spo2',
  'systolic_bp',
  'diastolic_bp',
  'mean_bp',
  'temperature',
  'glucose',
  'news2_low',
] as const satisfies readonly (VitalName | 'news2_low')[];
export type AlarmField = (typeof ALARM_FIELDS)[number];

/**
 * One alarm. It is raised when every value of {@link delaySeconds} was at or beyond `raiseAt`, and ends when every value of
 * {@link clearSeconds} was at or inside `clearAt`; between the two limits it stays as it is (hysteresis). What is raised
 * again within {@link rearmSeconds} of its end is the same alarm. A missing value neither raises nor ends; after
 * {@link gapSeconds} without one nothing is known any more: what was pending is forgotten and the alarm is lost.
 */
export interface AlarmRule {
  readonly name: string;
  readonly severity: Severity;
  readonly field: AlarmField;
  /** On which side of the limits the danger is. */
  readonly side: 'above' | 'below';
  readonly raiseAt: number;
  /** On the safe side of `raiseAt`, or equal to it only where the two cannot both hold. */
  readonly clearAt: number;
  readonly delaySeconds: number;
  readonly clearSeconds: number;
  readonly rearmSeconds: number;
  readonly gapSeconds: number;
  /** `news2`: the limit is one of NEWS2's chart, and holds only where NEWS2 applies (16 or over, not pregnant). */
  readonly appliesTo: 'everyone' | 'news2';
}

/** Rules that a unit would set together. The name and the version are part of every alarm's identity. */
export interface AlarmRuleSet {
  readonly name: string;
  readonly version: string;
  readonly rules: readonly AlarmRule[];
}
