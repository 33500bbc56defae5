import { describe, expect, test } from '@jest/globals';

import { isWireless, Monitor } from '../../simulator/devices.js';
import { ARTEFACT_KINDS, type Artefact, type ArtefactKind } from '../../simulator/faults/artefact.js';
import { MONITOR_FAULTS, WIRELESS_FAULTS } from '../../simulator/faults/kinds.js';
import { createPatients } from '../../simulator/patients.js';
import { MonitorReading, VitalSigns } from '../../simulator/vital-signs.js';
import { DAY, FROM, MINUTE } from './simulation.js';

/** A patient whose vitals change by one unit a minute, so that what stands still is the device. */
function vitalsAt(minute: number): VitalSigns {
  const step = minute % 3;
  return Object.assign(new VitalSigns(), {
    heart_rate: 80 + step,
    respiratory_rate: 16 + step,
    systolic_bp: 120 + step,
    diastolic_bp: 75 + step,
    temperature: 37 + step / 10,
    spo2: 96 + step,
    glucose: 108,
  });
}

interface Shown extends MonitorReading {
  readonly time: number;
}

interface Device {
  readonly artefacts: readonly Artefact[];
  readonly readings: readonly Shown[];
}

const DAYS = 10;
const people = createPatients('faults', 400);
const wired = people.filter((each) => !isWireless(each, 'faults')).slice(0, 30);
const wireless = people.filter((each) => isWireless(each, 'faults')).slice(0, 8);

function run(patients: typeof people, days = DAYS): Device[] {
  return patients.map((patient) => {
    const artefacts: Artefact[] = [];
    const readings: Shown[] = [];
    const monitor = new Monitor(patient, 'faults', FROM, 60 * MINUTE, (each) => artefacts.push(each));
    for (let minute = 0; minute < days * 1440; minute++) {
      const time = FROM + minute * MINUTE;
      const reading = new MonitorReading();
      monitor.measure(time, vitalsAt(minute), reading);
      readings.push(Object.assign(reading, { time }));
    }
    return { artefacts, readings };
  });
}

const devices = run(wired);

/** The readings of each artefact of a kind and field in which no other artefact is on. */
function spoilt(kind: ArtefactKind, field: string): Shown[][] {
  return devices.flatMap(({ artefacts, readings }) =>
    artefacts
      .filter((each) => each.kind === kind && each.field === field)
      .map(({ onset, end }) => {
        const others = artefacts.filter((each) => each.onset < end && each.end >= onset);
        return others.length > 1 ? [] : readings.filter(({ time }) => time >= onset && time < end);
      })
      .filter((each) => each.length > 0),
  );
}

describe('faults of devices', () => {
  test('each kind comes as often as its table says, and the ground truth knows no other', () => {
    const all = devices.flatMap((each) => each.artefacts);
    expect(all.filter((each) => !ARTEFACT_KINDS.includes(each.kind))).toEqual([]);
    for (const kind of ['probe_off', 'lead_off', 'flat_line', 'cuff_leak', 'cardiac_overlay', 'unit_slip'] as const) {
      // What is shorter than the minute between readings may be seen by none.
      const expected = MONITOR_FAULTS.filter((each) => each.kind === kind).reduce((sum, { gap, shortest, longest }) => {
        const length = (shortest + longest) / 2;
        const seen = (Math.max(longest, MINUTE) - MINUTE / 2) / (longest - shortest || 1);
        return sum + ((wired.length * DAYS * DAY) / (gap + length)) * Math.min(1, seen);
      }, 0);
      const found = all.filter((each) => each.kind === kind).length;
      expect(found).toBeGreaterThan(expected - 5 * Math.sqrt(expected));
      expect(found).toBeLessThan(expected + 5 * Math.sqrt(expected));
    }
  });

  test('a vital is wrong or missing in a few of a hundred readings only', () => {
    const readings = devices.flatMap((each) => each.readings);
    const least = vitalsAt(0);
    for (const field of ['heart_rate', 'respiratory_rate', 'spo2', 'systolic_bp', 'temperature'] as const) {
      const low = least[field];
      const odd = readings.filter(({ [field]: value }) => value === null || value < low || value > low + 2);
      expect(odd.length / readings.length).toBeLessThan(0.03);
    }
  });

  test('a flat line repeats one value exactly while the others go on', () => {
    for (const field of ['heart_rate', 'respiratory_rate', 'spo2'] as const) {
      const lines = spoilt('flat_line', field);
      expect(lines.length).toBeGreaterThan(10);
      const other = field === 'spo2' ? 'heart_rate' : 'spo2';
      const values = (line: Shown[], of: 'heart_rate' | 'respiratory_rate' | 'spo2'): number =>
        new Set(line.map((each) => each[of]).filter((value) => value !== null)).size;
      expect(lines.filter((line) => values(line, field) > 1)).toEqual([]);
      expect(lines.filter((line) => line.length > 2 && values(line, other) < 2)).toEqual([]);
    }
  });

  test('a leaking cuff reads low with a narrow pulse pressure, or nothing', () => {
    const readings = spoilt('cuff_leak', 'systolic_bp').flat();
    expect(readings.length).toBeGreaterThan(300);
    const failed = readings.filter((each) => each.systolic_bp === null).length / readings.length;
    expect(failed).toBeGreaterThan(0.2);
    expect(failed).toBeLessThan(0.45);
    const others = readings.filter(({ systolic_bp, diastolic_bp }) => {
      if (systolic_bp === null || diastolic_bp === null) return false;
      const pulse = systolic_bp - diastolic_bp;
      return systolic_bp >= 110 || pulse >= 25 || pulse <= 3;
    });
    expect(others).toEqual([]);
  });

  test('under cardiac overlay respiration counts the heart beats, give or take one', () => {
    const readings = spoilt('cardiac_overlay', 'respiratory_rate')
      .flat()
      .filter((each) => each.respiratory_rate !== null);
    expect(readings.length).toBeGreaterThan(150);
    expect(readings.filter((each) => Math.abs((each.respiratory_rate ?? 0) - (each.heart_rate ?? 0)) > 1)).toEqual([]);
  });

  test('movement lowers SpO2 towards 85 % and miscounts breaths', () => {
    const readings = spoilt('motion', 'spo2').flat();
    expect(readings.length).toBeGreaterThan(300);
    expect(readings.every(({ spo2 }) => spo2 !== null && spo2 >= 85 && spo2 <= 98)).toBe(true);
    const mean = readings.reduce((sum, each) => sum + (each.spo2 ?? 0), 0) / readings.length;
    expect(mean).toBeLessThan(93.5);
    expect(readings.filter((each) => Math.abs((each.respiratory_rate ?? 17) - 17) > 4).length).toBeGreaterThan(50);
  });

  test('a slip of the unit shows Fahrenheit or mmol/L without a label', () => {
    const warm = spoilt('unit_slip', 'temperature').flat();
    expect(warm.length).toBeGreaterThan(50);
    expect(warm.every(({ temperature }) => temperature === null || (temperature >= 98.5 && temperature < 99.1))).toBe(
      true,
    );
    const sweet = devices.flatMap(({ artefacts, readings }) =>
      artefacts
        .filter((each) => each.kind === 'unit_slip' && each.field === 'glucose')
        .flatMap(({ onset, end }) => readings.filter(({ time }) => time >= onset && time < end)),
    );
    const measured = sweet.filter((each) => each.glucose !== null);
    expect(measured.length).toBeGreaterThan(5);
    expect(measured.every((each) => each.glucose === 6)).toBe(true);
  });

  test('a wireless patch loses 6-27 % of heart rates and 13-34 % of respirations', () => {
    const readings = run(wireless, 5).flatMap((each) => each.readings);
    const lost = (field: 'heart_rate' | 'respiratory_rate'): number =>
      readings.filter((each) => each[field] === null).length / readings.length;
    expect(wireless.length).toBe(8);
    expect(lost('heart_rate')).toBeGreaterThan(0.06);
    expect(lost('heart_rate')).toBeLessThan(0.27);
    expect(lost('respiratory_rate')).toBeGreaterThan(0.13);
    expect(lost('respiratory_rate')).toBeLessThan(0.34);
    expect(WIRELESS_FAULTS.every((each) => each.kind === 'signal_loss')).toBe(true);
  });
});
