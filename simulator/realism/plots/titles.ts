import type { RecordedVital } from '../recorded-vitals.js';

/** How a vital is called on a plot. */
export const TITLES: Readonly<Record<RecordedVital, string>> = {
  heart_rate: 'heart rate, /min',
  respiratory_rate: 'respiratory rate, /min',
  temperature: 'temperature, °C',
  systolic_bp: 'systolic pressure, mmHg',
  diastolic_bp: 'diastolic pressure, mmHg',
  spo2: 'SpO2, %',
};
