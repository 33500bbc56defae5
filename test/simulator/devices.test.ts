import { describe, expect, test } from '@jest/globals';

import { VITALS } from '../../schema/vitals.js';
import { Random } from '../../simulator/random.js';
import { Spans } from '../../simulator/spans.js';
import { DAY, FROM, HOUR, MINUTE, parsed, simulated } from './simulation.js';

const { lines, labels } = simulated({ to: FROM + 2 * DAY, intervalMs: MINUTE }, 60);
const readings = parsed(lines);
const artefacts = labels.filter((label) => label.type === 'artefact');

describe('devices', () => {
  test('each device numbers its readings from 1 without a gap', () => {
    const last = new Map<string, number>();
    const gaps = readings.filter(({ device_id, sequence }) => {
      const before = last.get(device_id) ?? 0;
      last.set(device_id, sequence);
      return sequence !== before + 1;
    });
    expect(gaps).toEqual([]);
    expect(last.size).toBe(60);
  });

  test('values are rounded to the scale of the schema, or to tenths where that is finer', () => {
    for (const { name, scale } of VITALS) {
      if (name === 'mean_bp') continue;
      const digits = 10 ** Math.min(scale, 1);
      const values = readings.map((reading) => reading[name]).filter((value) => typeof value === 'number');
      expect(values.filter((value) => Math.abs(value * digits - Math.round(value * digits)) > 1e-9)).toEqual([]);
    }
  });

  test('a probe that is off shows 0 with its flag, and a lead that is off takes respiration with it', () => {
    const probe = readings.filter((each) => each.probe_off);
    const lead = readings.filter((each) => each.lead_off);
    expect(probe.length).toBeGreaterThan(50);
    expect(lead.length).toBeGreaterThan(20);
    const sentinels = artefacts.filter((each) => each.kind === 'sentinel').length;
    expect(probe.filter((each) => each.spo2 !== 0).length).toBeLessThanOrEqual(sentinels);
    expect(lead.filter((each) => each.heart_rate !== 0).length).toBeLessThanOrEqual(sentinels);
    expect(lead.filter((each) => each.respiratory_rate !== null).length).toBeLessThanOrEqual(sentinels);
    expect(readings.filter((each) => each.spo2 === 0 && !each.probe_off)).toEqual([]);
    expect(readings.filter((each) => each.heart_rate === 0 && !each.lead_off)).toEqual([]);
  });

  test('the ground truth names every sentinel and every stretch of a sensor that was off', () => {
    const covered = (kind: string, patient: string, time: string): boolean =>
      artefacts.some(
        (each) =>
          each.kind === kind && each.patient_id === patient && time >= (each.onset ?? '') && time < (each.end ?? ''),
      );
    const impossible = readings.filter(
      ({ patient_id, event_time, heart_rate, respiratory_rate, spo2, systolic_bp, diastolic_bp, temperature }) =>
        [heart_rate, respiratory_rate, spo2, systolic_bp, diastolic_bp].some(
          (value) => value !== null && (value < 0 || value >= 255),
        ) ||
        (spo2 ?? 0) > 100 ||
        (temperature !== null &&
          (temperature < 0 || (temperature > 50 && !covered('unit_slip', patient_id, event_time)))),
    );
    const named = artefacts.filter((each) => each.kind === 'sentinel');
    expect(named.length).toBeGreaterThan(100);
    expect(impossible.map((each) => `${each.patient_id} ${each.event_time}`)).toEqual(
      named.map((each) => `${each.patient_id} ${each.onset}`),
    );
    const unnamed = readings.filter(
      ({ patient_id, event_time, probe_off, lead_off }) =>
        (probe_off && !covered('probe_off', patient_id, event_time)) ||
        (lead_off && !covered('lead_off', patient_id, event_time)),
    );
    expect(unnamed).toEqual([]);
  });

  test('each vital is missing now and then, and seldom', () => {
    for (const vital of ['respiratory_rate', 'systolic_bp', 'diastolic_bp', 'temperature'] as const) {
      const share = readings.filter((each) => each[vital] === null).length / readings.length;
      expect(share).toBeGreaterThan(0.002);
      expect(share).toBeLessThan(0.06);
    }
  });

  test('glucose is there when it was measured: every four hours, for some every five minutes', () => {
    const counts = new Map<string, number>();
    for (const { patient_id, glucose } of readings) {
      if (glucose !== undefined) counts.set(patient_id, (counts.get(patient_id) ?? 0) + 1);
    }
    expect(counts.size).toBe(60);
    const fingersticks = [...counts.values()].filter((count) => count === 12);
    expect(fingersticks.length).toBeGreaterThan(45);
    expect([...counts.values()].filter((count) => count !== 12 && (count < 570 || count > 580))).toEqual([]);
  });

  test('spans depend on their stream, not on how often one looks', () => {
    const of = (): Spans => new Spans(new Random('spans'), FROM, HOUR, MINUTE, 5 * MINUTE);
    const [often, seldom] = [of(), of()];
    for (let time = FROM; time < FROM + 100 * HOUR; time += 1000) often.covers(time);
    seldom.covers(FROM + 100 * HOUR - 1000);
    expect([seldom.start, seldom.end]).toEqual([often.start, often.end]);
  });
});
