import { describe, expect, test } from '@jest/globals';

import { cleanse } from '../../transforms/cleanse.js';
import { decode } from '../../transforms/decode/index.js';
import { createPatients } from '../../simulator/patients.js';
import { DAY, FROM, MINUTE, parsed, simulated, type WireReading } from './simulation.js';

const { lines, labels } = simulated({ to: FROM + DAY, intervalMs: 5 * MINUTE }, 120);

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
    for (const reading of parsed(lines)) {
      const keys = Object.keys(reading);
      expect(keys).toEqual(FIELDS.filter((field) => !OPTIONAL.includes(field) || keys.includes(field)));
    }
  });

  test('every value has the type and form of the contract', () => {
    const people = new Map(createPatients('test', 120).map((each) => [each.patient_id, each]));
    for (const reading of parsed(lines)) {
      const patient = people.get(reading.patient_id);
      expect(reading.version).toBe(1);
      expect([reading.device_id, reading.ward, reading.bed]).toEqual([patient?.device_id, patient?.ward, patient?.bed]);
      expect(new Date(reading.event_time).toISOString()).toBe(reading.event_time);
      expect(Number.isInteger(reading.sequence)).toBe(true);
      for (const vital of ['heart_rate', 'respiratory_rate', 'spo2', 'systolic_bp', 'diastolic_bp'] as const) {
        expect(reading[vital] === null || Number.isInteger(reading[vital])).toBe(true);
      }
      expect(reading.temperature === null || typeof reading.temperature === 'number').toBe(true);
      expect(typeof reading.supplemental_oxygen).toBe('boolean');
      expect(['A', 'C', 'V', 'P', 'U']).toContain(reading.consciousness);
    }
  });

  test('the text is what JSON.stringify would write', () => {
    for (const line of lines.slice(0, 5000)) expect(JSON.stringify(JSON.parse(line))).toBe(line);
  });

  test('decode and cleanse take every message, and refuse nothing but sentinels', () => {
    const sentinels = new Set(
      labels.filter((label) => label.kind === 'sentinel').map((label) => `${label.patient_id} ${label.onset}`),
    );
    for (const line of lines.slice(0, 10_000)) {
      const { patient_id, event_time, sequence, heart_rate } = JSON.parse(line) as WireReading;
      const decoded = decode(messageOf(line), { timezone: null });
      expect(decoded.rejects).toEqual([]);
      expect(decoded.rows).toHaveLength(1);
      const row = decoded.rows[0] as Parameters<typeof cleanse>[0];
      const clean = cleanse(row, { checkClock: false });
      expect(clean.rows).toMatchObject([{ patient_id, sequence, event_time: Date.parse(event_time) }]);
      if (sentinels.has(`${patient_id} ${event_time}`)) continue;
      expect(clean.rejects).toEqual([]);
      if (heart_rate !== 0) expect(clean.rows[0]?.heart_rate).toBe(heart_rate);
    }
  });
});

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
