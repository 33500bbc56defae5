/** The event time of sequence 0. */
export const T0 = Date.UTC(2026, 10, 21, 7, 20);

export interface Change {
  readonly patient?: string;
  readonly sequence?: number;
  readonly seconds?: number;
  readonly [field: string]: unknown;
}

/** A reading on the wire; the same patient and sequence are the same reading. */
export function wire({ patient = 'P1', sequence = 1, seconds = sequence, ...fields }: Change = {}): string {
  return JSON.stringify({
    version: 1,
    patient_id: patient,
    device_id: `MON-${patient}`,
    ward: 'ICU',
    event_time: new Date(T0 + seconds * 1000).toISOString(),
    sequence,
    heart_rate: 78,
    respiratory_rate: 16,
    spo2: 97,
    systolic_bp: 118,
    diastolic_bp: 72,
    temperature: 36.8,
    supplemental_oxygen: false,
    consciousness: 'A',
    ...fields,
  });
}
