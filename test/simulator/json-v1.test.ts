import { describe, expect, test } from '@jest/globals';

import { cleanse } from '../../transforms/cleanse.js';
import { decode } from '../../transforms/decode/index.js';
import { createPatients } from '../../simulator/patients.js';
import { DAY, FROM, MINUTE, parsed, simulated, type WireReading } from './simulation.js';

const { lines, labels } = simulated({ to: FROM + DAY, intervalMs: 10 * MINUTE }, 60);
const readings = parsed(lines);

/** The fields of JSON v1 (INTERFACES.md), in the order in which the simulator writes them. */
const FIELDS = [
  'version',
  'message_id',
  'patient_id',
  'device_id',
  'ward',
  'bed',
  'event_time',
  'sequence',
  'heart_rate',
  'respiratory_rate',
  'spo2',
  'systolic_bp',
  'diastolic_bp',
  'temperature',
  'glucose',
  'supplemental_oxygen',
  'consciousness',
  'lead_off',
  'probe_off',
] as const;

const OPTIONAL: readonly string[] = ['glucose', 'lead_off', 'probe_off'];

describe('JSON v1', () => {
  test('every message has the fields of the contract and no other', () => {
    const others = readings.filter((reading) => {
      const keys = Object.keys(reading);
      const expected = FIELDS.filter((field) => !OPTIONAL.includes(field) || keys.includes(field));
      return keys.join() !== expected.join();
    });
    expect(others).toEqual([]);
  });

  test('every value has the type and form of the contract', () => {
    expect(readings.filter((reading) => !keepsTypes(reading))).toEqual([]);
  });

  test('ward, bed and device are those of the patient', () => {
    const people = new Map(createPatients('test', 60).map((each) => [each.patient_id, each]));
    const others = readings.filter(({ patient_id, ward, bed, device_id }) => {
      const patient = people.get(patient_id);
      return patient?.ward !== ward || patient.bed !== bed || patient.device_id !== device_id;
    });
    expect(others).toEqual([]);
  });

  test('the text is what JSON.stringify would write', () => {
    expect(lines.filter((line) => JSON.stringify(JSON.parse(line)) !== line)).toEqual([]);
  });

  test('decode and cleanse take every message, and refuse nothing but sentinels', () => {
    const sentinels = new Set(
      labels.filter((label) => label.kind === 'sentinel').map((label) => `${label.patient_id} ${label.onset}`),
    );
    const lost: unknown[] = [];
    const refused: unknown[] = [];
    for (const [at, line] of lines.entries()) {
      const { patient_id, event_time, sequence, heart_rate } = readings[at] as WireReading;
      const decoded = decode(messageOf(line), { timezone: null });
      const [row] = decoded.rows;
      const clean = row && cleanse(row, { checkClock: false });
      const reading = clean?.rows[0];
      const same =
        reading?.patient_id === patient_id &&
        reading.sequence === sequence &&
        reading.event_time === Date.parse(event_time);
      if (!same || decoded.rejects.length > 0) lost.push(line);
      if (sentinels.has(`${patient_id} ${event_time}`)) continue;
      if (heart_rate !== 0 && reading?.heart_rate !== heart_rate) lost.push(line);
      refused.push(...(clean?.rejects ?? []));
    }
    expect(lost).toEqual([]);
    expect(refused).toEqual([]);
    expect(sentinels.size).toBeGreaterThan(20);
  });
});

function keepsTypes(reading: WireReading): boolean {
  const { version, event_time, sequence, temperature, glucose, supplemental_oxygen, consciousness } = reading;
  const whole = [reading.heart_rate, reading.respiratory_rate, reading.spo2, reading.systolic_bp, reading.diastolic_bp];
  return (
    version === 1 &&
    new Date(event_time).toISOString() === event_time &&
    Number.isInteger(sequence) &&
    whole.every((value) => value === null || Number.isInteger(value)) &&
    (temperature === null || typeof temperature === 'number') &&
    (glucose === undefined || Number.isInteger(glucose)) &&
    typeof supplemental_oxygen === 'boolean' &&
    ['A', 'C', 'V', 'P', 'U'].includes(consciousness)
  );
}

function messageOf(line: string): Parameters<typeof decode>[0] {
  return {
    batch: 0,
    offset: 0,
    message_id: '',
    publish_time: null,
    receive_time: FROM,
    source: 'simulator',
    dialect: null,
    attributes: null,
    payload: Buffer.from(line, 'latin1'),
  };
}
