import type { Consciousness } from '../reading.js';
import { ConsciousnessCriterion, Criterion } from './criteria.js';
import { isChild, NOT_APPLICABLE, type PackedInterval } from './interval.js';
import { MEWS_CHART, MEWS_CONSCIOUSNESS_POINTS } from './thresholds.js';

const SYSTOLIC = new Criterion(MEWS_CHART.systolic_bp);
const HEART_RATE = new Criterion(MEWS_CHART.heart_rate);
const RESPIRATION = new Criterion(MEWS_CHART.respiratory_rate);
const TEMPERATURE = new Criterion(MEWS_CHART.temperature);
const CONSCIOUSNESS = new ConsciousnessCriterion(MEWS_CONSCIOUSNESS_POINTS);

/**
 * MEWS (Subbe, QJM 2001), 0-14, as an interval over what is missing. Five or more is its trigger. Not applicable
 * under 16.
 */
export function packMews(reading: {
  readonly systolic_bp: number | null;
  readonly heart_rate: number | null;
  readonly respiratory_rate: number | null;
  readonly temperature: number | null;
  readonly consciousness: Consciousness | null;
  readonly age: number | null;
}): PackedInterval {
  if (isChild(reading.age)) return NOT_APPLICABLE;
  return (
    SYSTOLIC.of(reading.systolic_bp) +
    HEART_RATE.of(reading.heart_rate) +
    RESPIRATION.of(reading.respiratory_rate) +
    TEMPERATURE.of(reading.temperature) +
    CONSCIOUSNESS.of(reading.consciousness)
  );
}
