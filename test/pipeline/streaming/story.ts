import { wire } from '../../support/wire-reading.js';

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
