import type { RecordedVital } from './recorded-vitals.js';

/** What the reference (PhysioNet/CinC 2012) took for a measurement: what is outside is none. SpO2 as its SaO2. */
const PLAUSIBLE: Readonly<Record<RecordedVital, readonly [number, number]>> = {
  heart_rate: [20, 250],
  respiratory_rate: [3, 70],
  temperature: [30, 43],
  systolic_bp: [40, 260],
  diastolic_bp: [20, 160],
  spo2: [50, 100],
};

/** The value if it is plausible, else NaN. */
export function plausible(vital: RecordedVital, value: number | null): number {
  const [low, high] = PLAUSIBLE[vital];
  return value === null || value < low || value > high ? Number.NaN : value;
}
