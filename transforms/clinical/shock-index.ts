/**
 * Shock index: heart rate over systolic pressure, to two decimals; 0.5-0.7 is usual, 0.9 and more is not (Allgöwer and
 * Burri 1967). Null when either is missing or the systolic pressure is 0: undefined, never infinite.
 */
export function shockIndex(heartRate: number | null, systolic: number | null): number | null {
  if (heartRate === null || systolic === null || systolic === 0) return null;
  return Math.round((heartRate * 100) / systolic) / 100;
}
