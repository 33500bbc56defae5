import { Criterion } from './criteria.js';
import { isChild, NOT_APPLICABLE, type PackedInterval } from './interval.js';
import { SIRS_CHART } from './thresholds.js';

const TEMPERATURE = new Criterion(SIRS_CHART.temperature);
const HEART_RATE = new Criterion(SIRS_CHART.heart_rate);
const RESPIRATION = new Criterion(SIRS_CHART.respiratory_rate);

/**
 * SIRS (ACCP/SCCM 1992) by the three criteria of the bedside, 0-3, as an interval over what is missing: temperature
 * above 38.0 or below 36.0 C, heart rate above 90, respiration above 20. Two or more is positive.
 *
 * The fourth, the white cell count (and PaCO2 as the other half of the third), comes from a laboratory and never from a
 * monitor: it is left out rather than let every interval be a point wider. Not applicable under 16.
 */
export function packSirs(reading: {
  readonly temperature: number | null;
  readonly heart_rate: number | null;
  readonly respiratory_rate: number | null;
  readonly age: number | null;
}): PackedInterval {
  if (isChild(reading.age)) return NOT_APPLICABLE;
  return (
    TEMPERATURE.of(reading.temperature) + HEART_RATE.of(reading.heart_rate) + RESPIRATION.of(reading.respiratory_rate)
  );
}
