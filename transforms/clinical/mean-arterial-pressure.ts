/**
 * Mean arterial pressure in mmHg to one decimal, estimated from the cuff: (systolic + 2 x diastolic) / 3. A measured
 * mean is another column (`mean_bp`) and never overwritten. Null unless both pressures are there.
 */
export function meanArterialPressure(systolic: number | null, diastolic: number | null): number | null {
  if (systolic === null || diastolic === null) return null;
  return Math.round(((systolic + 2 * diastolic) * 10) / 3) / 10;
}
