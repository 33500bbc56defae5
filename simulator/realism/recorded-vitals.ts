/** The vitals that the report looks at. */
export const RECORDED_VITALS = [
  'heart_rate',
  'respiratory_rate',
  'temperature',
  'systolic_bp',
  'diastolic_bp',
  'spo2',
] as const;

export type RecordedVital = (typeof RECORDED_VITALS)[number];
