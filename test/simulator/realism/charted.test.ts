import { describe, expect, test } from '@jest/globals';

import { createPatients, type Patient } from '../../../simulator/patients.js';
import { chartNews2 } from '../../../simulator/realism/charted.js';
import type { Recording } from '../../../simulator/realism/recording.js';
import type { Table } from '../../../simulator/realism/table.js';

const HOUR = 3_600_000;

/** A day of one patient an hour apart, with normal vitals but where said; on scale 1 and alert. */
function day(
  change: Partial<Record<keyof Recording['vitals'], Record<number, number>>>,
  person: Partial<Patient> = {},
): Recording {
  const column = (vital: keyof Recording['vitals'], usual: number): Table => {
    const values = new Float64Array(24).fill(usual);
    for (const [hour, value] of Object.entries(change[vital] ?? {})) values[Number(hour)] = value;
    return { patients: 1, samples: 24, values };
  };
  return {
    people: [{ ...(createPatients('chart', 1)[0] as Patient), age: 60, pregnant: false, spo2_scale: 1, ...person }],
    from: 0,
    intervalMs: HOUR,
    vitals: {
      heart_rate: column('heart_rate', 70),
      respiratory_rate: column('respiratory_rate', 16),
      temperature: column('temperature', 37),
      systolic_bp: column('systolic_bp', 120),
      diastolic_bp: column('diastolic_bp', 70),
      spo2: column('spo2', 98),
    },
    oxygen: new Uint8Array(24),
    clouded: new Uint8Array(24),
    wireless: new Uint8Array(1),
  };
}

describe('charted NEWS2', () => {
  test('there are six rounds a day, and what happens between two is not charted', () => {
    const { scores, worstADay } = chartNews2(
      day({ respiratory_rate: { 4: 25, 5: 30 }, heart_rate: { 6: 140, 8: 95 } }),
    );
    expect([...scores]).toEqual([0, 3, 1, 0, 0, 0]);
    expect([...worstADay]).toEqual([3]);
  });

  test('an observation that failed is none, never zero', () => {
    const { scores } = chartNews2(day({ spo2: { 0: Number.NaN } }));
    expect(scores).toHaveLength(5);
  });

  test('children and pregnant patients have no score', () => {
    expect(chartNews2(day({}, { age: 9 })).scores).toHaveLength(0);
    expect(chartNews2(day({}, { pregnant: true })).worstADay).toHaveLength(0);
  });
});
