import { describe, expect, test } from '@jest/globals';
import { VITALS } from '../../schema/vitals.js';
import { cleanse } from '../../transforms/cleanse.js';
import { CLEANSE_LIMITS } from '../../transforms/cleanse-limits.js';
import type { DecodedReading } from '../../transforms/decode/index.js';
import { roundHalfUp } from '../../transforms/rounding.js';
import { GLUCOSE_MGDL_PER_MMOLL, MMHG_PER_KPA, toCanonicalUnit, unitOf } from '../../transforms/units.js';

const EVENT_TIME = Date.UTC(2026, 10, 21, 7, 20, 50, 123);

const READING: DecodedReading = {
  batch: 1,
  offset: 2,
  item: 3,
  source_message_id: 'M1',
  publish_time: null,
  receive_time: EVENT_TIME,
  patient_id: 'P1',
  device_id: null,
  ward: null,
  bed: null,
  event_time: EVENT_TIME,
  sequence: null,
  status: 'final',
  heart_rate: 78,
  respiratory_rate: null,
  spo2: null,
  systolic_bp: null,
  diastolic_bp: null,
  mean_bp: null,
  temperature: null,
  glucose: null,
  supplemental_oxygen: null,
  consciousness: null,
  spo2_scale: null,
  flags: null,
  sent_time: null,
  identity: 'i',
  units: null,
  lead_off: false,
  probe_off: false,
};

const cleansed = (change: Partial<DecodedReading>) => cleanse({ ...READING, ...change }, { checkClock: true });

describe('cleanse', () => {
  test('what rounds to 0 is a 0, and says so', () => {
    for (const heart_rate of [0, 0.35, 0.49]) {
      expect(cleansed({ heart_rate }).rows[0]).toMatchObject({ heart_rate: 0, flags: { heart_rate: ['ASYSTOLE'] } });
    }
    expect(cleansed({ heart_rate: 0.51 }).rows[0]).toMatchObject({ heart_rate: 1, flags: null });
  });

  test('the input is never written to, and its flags come first', () => {
    const flags = Object.freeze({ spo2: Object.freeze(['STRING_NUMBER']), message: Object.freeze(['BOM']) });
    const input = Object.freeze({ ...READING, spo2: 0.97, heart_rate: 400, flags });
    const { rows, rejects } = cleanse(input, { checkClock: true });
    expect(rows[0]?.flags).toEqual({
      spo2: ['STRING_NUMBER', 'FRACTION'],
      message: ['BOM'],
      heart_rate: ['RANGE'],
    });
    expect(rejects).toHaveLength(1);
    expect(flags).toEqual({ spo2: ['STRING_NUMBER'], message: ['BOM'] });
  });

  test('a reading without findings keeps the flags of decode as they are', () => {
    const flags = { message: ['BOM'] };
    expect(cleansed({ flags }).rows[0]?.flags).toBe(flags);
  });

  test('what cleanse needed is not handed on', () => {
    const [row] = cleansed({}).rows;
    expect(Object.keys(row ?? {})).not.toEqual(expect.arrayContaining(['units']));
    expect(Object.keys(row ?? {})).toHaveLength(Object.keys(READING).length - 3);
  });

  test('a reject names its message and item, and stands for cleanse', () => {
    expect(cleansed({ spo2: 101 }).rejects).toEqual([
      {
        stage: 'cleanse',
        reason: 'RANGE',
        scope: 'field',
        field: 'spo2',
        detail: 'outside 0-100',
        batch: 1,
        offset: 2,
        item: 3,
        source_message_id: 'M1',
        receive_time: EVENT_TIME,
      },
    ]);
  });

  test('an item of which nothing usable is left is refused once, on top of its fields', () => {
    const { rows, rejects } = cleansed({ heart_rate: 351, spo2: 101, consciousness: 'A', supplemental_oxygen: false });
    expect(rows).toEqual([]);
    expect(rejects.map(({ scope, reason }) => `${scope} ${reason}`)).toEqual([
      'field RANGE',
      'field RANGE',
      'item NO_READING',
    ]);
  });

  test.each([{ consciousness: 'V' }, { supplemental_oxygen: true }, { status: 'entered-in-error' }] as const)(
    'without a vital %j is still worth a row',
    (change) => {
      expect(cleansed({ heart_rate: -1, ...change }).rows).toHaveLength(1);
    },
  );

  test('a reading that is FUTURE is refused once, whatever else is wrong with it', () => {
    const { rows, rejects } = cleansed({ event_time: EVENT_TIME + 25 * 3_600_000, heart_rate: 351 });
    expect(rows).toEqual([]);
    expect(rejects.map(({ scope, reason }) => `${scope} ${reason}`)).toEqual(['item FUTURE']);
  });

  test('pressures are compared as they are kept, rounded', () => {
    const { rows } = cleansed({ systolic_bp: 80.2, diastolic_bp: 80.4 });
    expect(rows[0]).toMatchObject({ systolic_bp: 80, diastolic_bp: 80, flags: { systolic_bp: ['BP_EQUAL'] } });
  });

  test('a systolic in kPa makes an unlabelled diastolic beside it suspect', () => {
    const { rows } = cleansed({ systolic_bp: 16, diastolic_bp: 10.6, units: { systolic_bp: 'kPa' } });
    expect(rows[0]).toMatchObject({ systolic_bp: 120, diastolic_bp: null, flags: { diastolic_bp: ['UNIT'] } });
  });

  test('all pressures of 0 are a dropout: kept and flagged, for the neighbours to judge', () => {
    const { rows } = cleansed({ systolic_bp: 0, diastolic_bp: 0 });
    expect(rows[0]?.flags).toEqual({ systolic_bp: ['ZERO', 'BP_EQUAL'], diastolic_bp: ['ZERO'] });
  });
});

describe('limits', () => {
  test.each(Object.values(CLEANSE_LIMITS))('$name: both limits are values, a little beyond is RANGE', (limits) => {
    const { name, low, high } = limits;
    const unit = VITALS.find((vital) => vital.name === name)?.unit;
    const units = { [name]: unitOf(name, unit ?? '') };
    for (const value of [low, high]) expect(cleansed({ [name]: value, units }).rows[0]?.[name]).toBe(value);
    for (const value of [low - 0.01, high + 0.01]) {
      const { rejects } = cleansed({ [name]: value, units });
      expect(rejects[0]).toMatchObject({ field: name, reason: 'RANGE' });
    }
  });

  test('they are given for every vital, in the unit and at the scale of the schema', () => {
    for (const { name, unit, scale } of VITALS) expect(CLEANSE_LIMITS[name]).toMatchObject({ name, unit, scale });
  });
});

describe('rounding', () => {
  test.each([
    [36.675, 2, 36.68],
    [36.665, 2, 36.67],
    [36.6649, 2, 36.66],
    [1.005, 2, 1.01],
    [97.25, 1, 97.3],
    [97.35, 1, 97.4],
    [78.5, 0, 79],
    [78.4999, 0, 78],
    [0.5, 0, 1],
    [37, 2, 37],
  ])('%d at %d digits is %d, half-up as a person would round it', (value, scale, expected) => {
    expect(roundHalfUp(value, scale)).toBe(expected);
  });

  test('every vital is rounded to its scale', () => {
    const { rows } = cleansed({ heart_rate: 77.5, mean_bp: 87.25, temperature: 36.875, glucose: 97.25 });
    expect(rows[0]).toMatchObject({ heart_rate: 78, mean_bp: 87.3, temperature: 36.88, glucose: 97.3 });
  });
});

describe('units', () => {
  test('conversions are those of the standards', () => {
    expect(toCanonicalUnit(98.6, '[degF]')).toBeCloseTo(37, 10);
    expect(toCanonicalUnit(212, '[degF]')).toBe(100);
    expect(toCanonicalUnit(101.325, 'kPa')).toBeCloseTo(760, 3);
    expect(MMHG_PER_KPA).toBeCloseTo(7.50062, 5);
    // Molar mass of glucose, C6H12O6: 180.156 g/mol.
    expect(Math.abs(GLUCOSE_MGDL_PER_MMOLL / 18.0156 - 1)).toBeLessThan(2e-4);
  });

  test('a unit of another vital is none', () => {
    expect(unitOf('temperature', 'mm[Hg]')).toBeNull();
    expect(unitOf('heart_rate', 'constructor')).toBeNull();
    expect(unitOf('heart_rate', '{beats}/min')).toBe('/min');
    expect(unitOf('systolic_bp', 'mm[Hg]')).toBe('mm[Hg]');
  });
});
