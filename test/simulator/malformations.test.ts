import { describe, expect, test } from '@jest/globals';

import { DIALECT_NAMES, WIRE_DIALECTS, type DialectName } from '../../simulator/dialects/dialect.js';
import { malform } from '../../simulator/malformations.js';
import { createPatients, type Patient } from '../../simulator/patients.js';
import { Random } from '../../simulator/random.js';
import { keyedLines } from '../../simulator/sinks/keyed-lines.js';
import { MonitorReading } from '../../simulator/vital-signs.js';
import { cleanse } from '../../transforms/cleanse.js';
import { decode } from '../../transforms/decode/index.js';
import type { Reading } from '../../transforms/reading.js';
import { FROM } from './simulation.js';

const patient = createPatients('test', 1)[0] as Patient;
const VITALS = ['heart_rate', 'respiratory_rate', 'spo2', 'systolic_bp', 'diastolic_bp', 'temperature'] as const;

/** A reading in which some vitals are missing, for those can be spoilt too. */
function message(dialect: DialectName, changes: Partial<MonitorReading> = {}): string {
  const reading = Object.assign(new MonitorReading(), {
    sequence: 7,
    heart_rate: 78,
    respiratory_rate: null,
    spo2: 97,
    systolic_bp: 118,
    diastolic_bp: 72,
    temperature: null,
    ...changes,
  });
  const { identity, message: write } = WIRE_DIALECTS[dialect];
  return write('01JD8X0000000000000000000A', identity(patient), FROM, reading);
}

interface Result {
  readonly reading: Reading | undefined;
  readonly reasons: readonly string[];
  readonly whole: readonly string[];
}

function resultOf(text: string): Result {
  const { rows, rejects } = decode(
    {
      batch: 0,
      offset: 0,
      message_id: '',
      publish_time: null,
      receive_time: FROM,
      source: 'simulator',
      dialect: null,
      attributes: null,
      payload: Buffer.from(text, 'latin1'),
    },
    { timezone: null },
  );
  const cleansed = rows.map((row) => cleanse(row, { checkClock: false }));
  const all = [...rejects, ...cleansed.flatMap((each) => each.rejects)];
  return {
    reading: cleansed[0]?.rows[0],
    reasons: all.map(({ reason }) => reason),
    whole: all.filter(({ scope }) => scope === 'item').map(({ reason }) => reason),
  };
}

function spoilt(dialect: DialectName, kind: string): Result[] {
  const random = new Random('spoilt', dialect);
  const texts = new Set<string>();
  for (let i = 0; i < 400; i++) {
    const each = malform(message(dialect), random, dialect);
    expect(each.text).not.toContain('\n');
    if (each.kind === kind) texts.add(each.text);
  }
  expect(texts.size).toBeGreaterThan(kind === 'missing_patient' ? 0 : 4);
  return [...texts].map(resultOf);
}

describe.each(DIALECT_NAMES)('malformed %s', (dialect) => {
  const intact = resultOf(message(dialect)).reading as Reading;

  test('a truncated message is refused whole, or is HL7 v2 with less in it', () => {
    for (const { reading, whole } of spoilt(dialect, 'truncated')) {
      if (dialect !== 'hl7v2') expect([reading, whole.length]).toEqual([undefined, 1]);
      else expect(reading === undefined ? whole.length : 1).toBeGreaterThan(0);
    }
  });

  test('garbage is refused whole', () => {
    for (const { reading, whole } of spoilt(dialect, 'garbage')) {
      expect(reading).toBeUndefined();
      expect(whole).toEqual(['ENCODING']);
    }
  });

  test.each([
    ['out_of_range', 'RANGE'],
    ['wrong_type', 'TYPE'],
  ])('%s costs one vital and nothing else', (kind, reason) => {
    const results = spoilt(dialect, kind);
    for (const { reading, reasons } of results) {
      expect(reasons).toEqual([reason]);
      const changed = VITALS.filter((vital) => reading?.[vital] !== intact[vital]);
      expect(changed.every((vital) => reading?.[vital] === null)).toBe(true);
      expect(changed.length).toBeLessThanOrEqual(1);
    }
  });

  test('a message without a patient is refused for that', () => {
    for (const { reading, whole } of spoilt(dialect, 'missing_patient')) {
      expect(reading).toBeUndefined();
      expect(new Set(whole)).toEqual(new Set(['NO_PATIENT']));
    }
  });

  test('a message for a broker is keyed by its patient, and says its dialect', () => {
    const lines = [...keyedLines(Buffer.from(`${message(dialect)}\n${message(dialect)}\n`), dialect)];
    expect(lines.map(({ key }) => key)).toEqual([patient.patient_id, patient.patient_id]);
    expect(lines.map((line) => line.dialect)).toEqual([dialect, dialect]);
    expect(lines[0]?.payload.toString('latin1')).toBe(message(dialect));
  });
});

test('messages of several dialects in one chunk keep theirs', () => {
  const chunk = Buffer.from(`${message('fhir')}\n${message('hl7v2')}\n${message('json')}\n`);
  const lines = [...keyedLines(chunk, ['fhir', 'hl7v2', 'json'])];
  expect(lines.map(({ dialect, key }) => [dialect, key])).toEqual(
    ['fhir', 'hl7v2', 'json'].map((dialect) => [dialect, patient.patient_id]),
  );
});
