import type { Consciousness } from '../reading.js';
import { ConsciousnessCriterion, Criterion } from './criteria.js';
import { isChild, NOT_APPLICABLE, type PackedInterval } from './interval.js';
import { QSOFA_CHART, QSOFA_CONSCIOUSNESS_POINTS } from './thresholds.js';

const RESPIRATION = new Criterion(QSOFA_CHART.respiratory_rate);
const SYSTOLIC = new Criterion(QSOFA_CHART.systolic_bp);
const CONSCIOUSNESS = new ConsciousnessCriterion(QSOFA_CONSCIOUSNESS_POINTS);

/**
 * qSOFA (Singer, JAMA 2016), 0-3, as an interval over what is missing: respiration of 22 or more, systolic pressure of
 * 100 mmHg or less, anything but alert. Two or more is positive. Not applicable under 16.
 */
export function packQsofa(reading: {
  readonly respiratory_rate: number | null;
  readonly systolic_bp: number | null;
  readonly consciousness: Consciousness | null;
  readonly age: number | null;
}): PackedInterval {
  if (isChild(reading.age)) return NOT_APPLICABLE;
  return (
    RESPIRATION.of(reading.respiratory_rate) +
    SYSTOLIC.of(reading.systolic_bp) +
    CONSCIOUSNESS.of(reading.consciousness)
  );
}
