import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { erIdentity, erMessage } from '../../../simulator/dialects/er.js';
import { fhirIdentity, fhirMessage } from '../../../simulator/dialects/fhir.js';
import { hl7Identity, hl7Message } from '../../../simulator/dialects/hl7v2.js';
import { jsonIdentity, jsonMessage } from '../../../simulator/dialects/json.js';
import { wearableIdentity, wearableMessage } from '../../../simulator/dialects/wearable.js';
import type { Patient } from '../../../simulator/patients.js';
import { MonitorReading } from '../../../simulator/vital-signs.js';
import { scanPatientId } from '../../../transforms/decode/index.js';
import { toCanonicalJson } from '../../../transforms/canonical-json.js';
import type { Consciousness, Reading } from '../../../transforms/reading.js';
import { EVENT_TIME, messageOf } from './messages.js';
import { itemsOf } from './items.js';

const PATIENT: Patient = {
  number: 1,
  patient_id: 'P000123',
  name: 'Jo "Ann" Example',
  birth_date: '1950-01-01',
  age: 76,
  sex: 'female',
  ward: 'ICU',
  bed: 'ICU-07',
  device_id: 'MON-0123',
  conditions: [],
  spo2_scale: 1,
  pregnant: false,
};
const ID = '01JD8X0000000000000000000A';

const WRITERS = {
  json: (reading: MonitorReading, time: number) => jsonMessage(ID, jsonIdentity(PATIENT), time, reading),
  fhir: (reading: MonitorReading, time: number) => fhirMessage(ID, fhirIdentity(PATIENT), time, reading),
  hl7v2: (reading: MonitorReading, time: number) => hl7Message(ID, hl7Identity(PATIENT), time, reading),
  er: (reading: MonitorReading, time: number) => erMessage(ID, erIdentity(PATIENT), time, reading),
  wearable: (reading: MonitorReading, time: number) => wearableMessage(ID, wearableIdentity(PATIENT), time, reading),
};

/** What FHIR has no place for in an Observation: left out of the comparison with it. */
const NOT_IN_FHIR = { ward: null, bed: null, sequence: null };

function canonical(text: string, dialect: string | null): Record<string, unknown> {
  const { readings } = itemsOf(messageOf(text, { dialect }));
  expect(readings).toHaveLength(1);
  const row = JSON.parse(toCanonicalJson(readings[0] as Reading)) as Record<string, unknown>;
  return { ...row, flags: null };
}

const vital = (max: number): fc.Arbitrary<number | null> => fc.option(fc.integer({ min: 1, max }), { freq: 6 });
const readings: fc.Arbitrary<MonitorReading> = fc
  .record({
    sequence: fc.nat(),
    // At least one vital is certain to be there.
    heart_rate: fc.integer({ min: 1, max: 250 }),
    respiratory_rate: vital(60),
    // 1 % is ambiguous in a dialect without labels.
    spo2: fc.option(fc.integer({ min: 2, max: 100 })),
    systolic_bp: fc.option(fc.integer({ min: 60, max: 250 })),
    diastolic_bp: fc.option(fc.integer({ min: 34, max: 200 })),
    temperature: fc.option(fc.integer({ min: 2600, max: 4500 }).map((hundredths) => hundredths / 100)),
    glucose: fc.option(fc.integer({ min: 20, max: 600 })),
    supplemental_oxygen: fc.boolean(),
    consciousness: fc.constantFrom<Consciousness>('A', 'C', 'V', 'P', 'U'),
    probe_off: fc.boolean(),
    lead_off: fc.boolean(),
    zeros: fc.subarray(['respiratory_rate', 'spo2', 'systolic_bp', 'diastolic_bp', 'temperature'] as const),
  })
  .map(({ zeros, ...fields }) => {
    const reading = Object.assign(new MonitorReading(), fields);
    // A disconnected sensor shows 0, as the simulator's monitors do.
    if (reading.probe_off && reading.lead_off) for (const name of zeros) reading[name] = 0;
    return reading;
  });
const times = fc.integer({ min: Date.UTC(2001, 8, 9), max: Date.UTC(2100, 0, 1) });

describe('one reading in any dialect', () => {
  test('is one canonical row, but for flags and what a FHIR Observation has no place for', () => {
    fc.assert(
      fc.property(readings, times, fc.boolean(), (reading, time, declared) => {
        const rows = Object.entries(WRITERS).map(
          ([name, write]) => [name, canonical(write(reading, time), declared ? name : null)] as const,
        );
        const expected = rows[0]?.[1];
        for (const [name, row] of rows)
          expect(row).toEqual(name === 'fhir' ? { ...expected, ...NOT_IN_FHIR } : expected);
      }),
      { numRuns: 500 },
    );
  });

  test('is scanned for the patient that decode reads, or left to decode', () => {
    for (const write of Object.values(WRITERS)) {
      const scanned = scanPatientId(
        Buffer.from(write(Object.assign(new MonitorReading(), { heart_rate: 70 }), EVENT_TIME)),
      );
      expect(['P000123', null]).toContain(scanned);
    }
  });

  test('fits into a line of the simulator', () => {
    const full = Object.assign(new MonitorReading(), {
      sequence: 123456789,
      heart_rate: 178,
      respiratory_rate: 16,
      spo2: 97,
      systolic_bp: 118,
      diastolic_bp: 72,
      temperature: 36.85,
      glucose: 198,
    });
    for (const write of Object.values(WRITERS)) expect(write(full, EVENT_TIME).length).toBeLessThan(4096);
  });
});
