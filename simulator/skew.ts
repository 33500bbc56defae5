/** How far the upper tail reaches beyond the lower: PhysioNet 2012 has p99 - mean about 1.4 times mean - p1 in heart rate. */
const SKEW = 0.12;

/** Of pressures (75 to 181 about 119) and respiration (9 to 36 about 19.7) more; temperature reaches down (34.8 to 39.0). */
export const PRESSURE_SKEW = 0.16;
export const BREATH_SKEW = 0.185;
export const TEMPERATURE_SKEW = -0.08;

/**
 * A standard normal deviate given a skew, by default that of heart rate: mean 0, variance 1 + 2 skew^2 (1.03), rising for
 * every deviate above -1 / (2 skew) (-4.2).
 */
export function skewed(deviate: number, skew = SKEW): number {
  return deviate + skew * (deviate * deviate - 1);
}
