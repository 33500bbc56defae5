/** Pulse pressure in mmHg: systolic minus diastolic. Null unless both pressures are there. */
export function pulsePressure(systolic: number | null, diastolic: number | null): number | null {
  return systolic === null || diastolic === null ? null : systolic - diastolic;
}
