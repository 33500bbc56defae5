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

/** Two patients over an hour and a half: repeats, versions, tombstones, fields and items refused, alerts. */
export function story(readings = 24): string[] {
  const messages: string[] = [];
  for (let i = 0; i < readings; i += 1) {
    const base = {
      patient: i % 2 === 0 ? 'P1' : 'P2',
      sequence: i,
      seconds: i * 240,
      heart_rate: 60 + i,
      ...(i % 5 === 0 ? { glucose: 90 + i } : {}),
      ...(i % 6 === 4 ? { spo2: 82 } : {}),
    };
    messages.push(wire(base));
    if (i % 4 === 0) messages.push(wire({ ...base, message_id: `again-${i}` }));
    if (i % 6 === 1) messages.push(wire({ ...base, heart_rate: 140 + i, sent_time: '2026-11-21T10:00:00Z' }));
    if (i % 6 === 2) messages.push(wire({ ...base, spo2: 60, status: 'corrected' }));
    if (i % 8 === 3) messages.push(wire({ ...base, status: 'entered-in-error' }));
    if (i % 7 === 0) messages.push(wire({ ...base, sequence: 100 + i, temperature: 99, systolic_bp: 400 }));
    if (i % 9 === 0) messages.push(`{"patient_id":"P${i}`);
  }
  return messages;
}
