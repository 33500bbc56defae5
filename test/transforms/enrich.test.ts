import { describe, expect, test } from '@jest/globals';
import { ConfigurationError } from '../../schema/errors.js';
import { enrich } from '../../transforms/enrich.js';
import { parsePatientLine } from '../../transforms/patient-line.js';
import { makePatientDirectory, NO_PATIENTS, withPseudonym } from '../../transforms/patients.js';
import { anIdentifiedReading, NOON } from './a-reading.js';

const HOUR = 3_600_000;

function stay(differs: Record<string, unknown> = {}) {
  return parsePatientLine(
    JSON.stringify({
      patient_id: 'P000123',
      birth_date: '1960-11-21',
      ward: 'WARD-3',
      bed: 'WARD-3-01',
      spo2_scale: 2,
      pregnant: false,
      valid_from: '2026-11-01T00:00:00Z',
      ...differs,
    }),
  );
}

describe('enrich', () => {
  test('adds age, pregnancy and scale from the stay, and ward and bed where the message names none', () => {
    const reading = anIdentifiedReading({ ward: null, bed: null });
    expect(enrich(reading, makePatientDirectory([stay()]))).toEqual({
      ...reading,
      ward: 'WARD-3',
      bed: 'WARD-3-01',
      spo2_scale: 2,
      age: 66,
      pregnant: false,
    });
  });

  test('what the message says wins', () => {
    const reading = anIdentifiedReading({ ward: 'ICU', bed: 'ICU-07', spo2_scale: 1 });
    expect(enrich(reading, makePatientDirectory([stay()]))).toMatchObject({
      ward: 'ICU',
      bed: 'ICU-07',
      spo2_scale: 1,
    });
  });

  test('a patient nobody knows goes on with nulls', () => {
    const reading = anIdentifiedReading({ ward: null });
    const unknown = { ...reading, age: null, pregnant: null };
    expect(enrich(reading, makePatientDirectory([stay({ patient_id: 'P000999' })]))).toEqual(unknown);
    expect(enrich(reading, NO_PATIENTS)).toEqual(unknown);
  });

  test.each([
    ['the day before a birthday', Date.UTC(2026, 10, 20, 23, 59), 65],
    ['on the birthday', Date.UTC(2026, 10, 21, 0, 0), 66],
    ['the day after', Date.UTC(2026, 10, 22), 66],
  ])('%s the age counts whole years', (_when, event_time, age) => {
    const directory = makePatientDirectory([stay()]);
    expect(enrich(anIdentifiedReading({ event_time }), directory).age).toBe(age);
  });

  test('someone born on February 29 has a birthday on March 1 of other years', () => {
    const directory = makePatientDirectory([stay({ birth_date: '2004-02-29', valid_from: 0 })]);
    const ageOn = (event_time: number) => enrich(anIdentifiedReading({ event_time }), directory).age;
    expect([ageOn(Date.UTC(2025, 1, 28)), ageOn(Date.UTC(2025, 2, 1))]).toEqual([20, 21]);
  });

  test('before the birth there is no age', () => {
    const directory = makePatientDirectory([stay({ birth_date: '2027-01-01' })]);
    expect(enrich(anIdentifiedReading(), directory).age).toBeNull();
  });

  test('an age as at valid_from grows with its anniversaries', () => {
    const directory = makePatientDirectory([stay({ birth_date: null, age: 15, valid_from: '2025-11-22T00:00:00Z' })]);
    const ageOn = (event_time: number) => enrich(anIdentifiedReading({ event_time }), directory).age;
    expect(ageOn(NOON)).toBe(15);
    expect(ageOn(NOON + 24 * HOUR)).toBe(16);
  });
});

describe('the patient directory', () => {
  const first = stay({ ward: 'A', valid_from: NOON - HOUR, valid_to: NOON });
  const second = stay({ ward: 'B', valid_from: NOON, valid_to: NOON + HOUR });
  const directory = makePatientDirectory([second, first]);

  test.each([
    [-HOUR - 1, undefined],
    [-HOUR, 'A'],
    [-1, 'A'],
    [0, 'B'],
    [HOUR - 1, 'B'],
    [HOUR, undefined],
  ])('at %p ms the stay that covers the time is in ward %p', (offset, ward) => {
    expect(directory.find('P000123', NOON + offset)?.ward).toBe(ward);
  });

  test('of overlapping stays the one that began last counts, of equal ones the later row', () => {
    const long = stay({ ward: 'A', valid_from: NOON - HOUR });
    const inner = stay({ ward: 'B', valid_from: NOON });
    expect(makePatientDirectory([inner, long]).find('P000123', NOON)?.ward).toBe('B');
    expect(makePatientDirectory([inner, { ...inner, ward: 'C' }]).find('P000123', NOON)?.ward).toBe('C');
  });

  test('rows under a pseudonym are found by it, and keep the id on the wire beside it', () => {
    const row = withPseudonym(stay(), (id) => `hidden-${id.length}`);
    expect(row).toMatchObject({ patient_id: 'hidden-7', source_patient_id: 'P000123' });
    expect(makePatientDirectory([row]).find('P000123', NOON)).toBeNull();
  });
});

describe('a line of a patients file', () => {
  test('gives the columns of reference.patients', () => {
    const line = {
      patient_id: 'P1',
      name: 'Ada',
      sex: 'female',
      device_id: 'M1',
      conditions: ['copd', 'asthma', 'copd'],
    };
    expect(parsePatientLine(JSON.stringify(line))).toEqual({
      patient_id: 'P1',
      source_patient_id: null,
      name: 'Ada',
      birth_date: null,
      sex: 'female',
      ward: null,
      bed: null,
      device_id: 'M1',
      conditions: '["asthma","copd"]',
      spo2_scale: null,
      pregnant: null,
      valid_from: 0,
      valid_to: null,
      age_at_valid_from: null,
    });
  });

  test.each([
    ['["b","a"]', '["a","b"]'],
    ['copd', '["copd"]'],
    [[], '[]'],
    ['', null],
    [null, null],
  ])('conditions %j become %p', (conditions, column) => {
    expect(parsePatientLine(JSON.stringify({ patient_id: 'P1', conditions })).conditions).toBe(column);
  });

  test('times are ISO with a zone, days, or epoch milliseconds', () => {
    expect(stay({ valid_from: '2026-11-21T13:00:00+01:00' }).valid_from).toBe(NOON);
    expect(stay({ valid_from: '2026-11-21' }).valid_from).toBe(NOON - 12 * HOUR);
    expect(stay({ valid_from: NOON, valid_to: NOON + 1 }).valid_to).toBe(NOON + 1);
  });

  test('an id in decomposed form is the composed one, as decode has it', () => {
    expect(stay({ patient_id: 'Zoe\u0308' }).patient_id).toBe('Zo\u00eb');
  });

  test('a date of birth makes an age beside it superfluous', () => {
    expect(stay({ age: 3 }).age_at_valid_from).toBeNull();
  });

  test.each([
    ['not JSON', 'secret{'],
    ['an array', '["secret"]'],
    ['no patient', '{"name":"secret"}'],
    ['a number for text', '{"patient_id":5}'],
    ['no such day', '{"patient_id":"secret","birth_date":"1960-02-30"}'],
    ['a time without a zone', '{"patient_id":"secret","valid_from":"2026-11-21T12:00:00"}'],
    ['a third scale', '{"patient_id":"secret","spo2_scale":3}'],
    ['pregnant as text', '{"patient_id":"secret","pregnant":"no"}'],
    ['half a year', '{"patient_id":"secret","age":0.5}'],
  ])('%s is a configuration error that names the line and no value', (_what, json) => {
    expect(() => parsePatientLine(json, 7)).toThrow(ConfigurationError);
    expect(() => parsePatientLine(json, 7)).toThrow(/line 7/);
    expect(() => parsePatientLine(json, 7)).not.toThrow(/secret/);
  });
});
