import { describe, expect, test } from '@jest/globals';
import { decode } from '../../../transforms/decode/index.js';
import type { Flags, Reading } from '../../../transforms/reading.js';
import { itemsOf } from './items.js';
import { EVENT_TIME, jsonWith, messageOf } from './messages.js';

const ER = { patient_id: 'P1', patient_name: 'Jo Example', timestamp: '2026-11-21T07:20:50.123Z', heart_rate: 78 };
const WEARABLE = { patient_id: 'P1', timestamp: '2026-11-21T07:20:50.123Z', respiration_rate: 16 };

interface Case {
  readonly rule: string;
  readonly message: Readonly<Record<string, unknown>>;
  readonly reading?: Partial<Reading>;
  readonly flags?: Flags;
  readonly ends?: string;
}

const ER_CASES: readonly Case[] = [
  {
    rule: 'a temperature is in Fahrenheit',
    message: { ...ER, temperature: 98.6 },
    reading: { patient_id: 'P1', event_time: EVENT_TIME, heart_rate: 78, temperature: 37 },
    flags: { temperature: ['F_TO_C'] },
  },
  {
    rule: 'a low temperature, which nobody would guess to be Fahrenheit, is so too',
    message: { ...ER, temperature: 89.6 },
    reading: { temperature: 32 },
    flags: { temperature: ['F_TO_C'] },
  },
  {
    rule: 'a label says otherwise',
    message: { ...ER, temperature: 37, units: { temp: 'Cel' } },
    reading: { temperature: 37 },
  },
  {
    rule: 'a name says otherwise',
    message: { ...ER, temp_c: 37 },
    reading: { temperature: 37 },
    flags: { temperature: ['ALIAS'] },
  },
  {
    rule: 'the value itself says otherwise',
    message: { ...ER, temperature: '37.0 C' },
    reading: { temperature: 37 },
    flags: { temperature: ['STRING_NUMBER'] },
  },
  {
    rule: 'a temperature under another name is in Fahrenheit',
    message: { ...ER, temp: 98.6 },
    reading: { temperature: 37 },
    flags: { temperature: ['ALIAS', 'F_TO_C'] },
  },
  {
    rule: 'a temperature that can only be Celsius is refused, not guessed',
    message: { ...ER, temperature: 37 },
    reading: { temperature: null, heart_rate: 78 },
    flags: { temperature: ['RANGE'] },
  },
  { rule: 'the name is no identity', message: { ...ER, patient_id: undefined }, ends: 'NO_PATIENT' },
];

const WEARABLE_CASES: readonly Case[] = [
  {
    rule: 'a pressure may be an object',
    message: { ...WEARABLE, blood_pressure: { systolic: 120, diastolic: 80 } },
    reading: { event_time: EVENT_TIME, respiratory_rate: 16, systolic_bp: 120, diastolic_bp: 80 },
  },
  {
    rule: 'a pressure may be a pair in text',
    message: { ...WEARABLE, blood_pressure: '120/80' },
    reading: { systolic_bp: 120, diastolic_bp: 80 },
  },
  {
    rule: 'half a pressure is half a pressure',
    message: { ...WEARABLE, blood_pressure: { systolic: 120, diastolic: null } },
    reading: { systolic_bp: 120, diastolic_bp: null },
  },
  {
    rule: 'a pressure of its own name wins',
    message: { ...WEARABLE, systolic_bp: 118, blood_pressure: '120/80' },
    reading: { systolic_bp: 118, diastolic_bp: 80 },
  },
  {
    rule: 'another form of a pressure refuses both',
    message: { ...WEARABLE, blood_pressure: '120-80' },
    reading: { respiratory_rate: 16, systolic_bp: null, diastolic_bp: null },
    flags: { systolic_bp: ['TYPE'], diastolic_bp: ['TYPE'] },
  },
  {
    rule: 'a list is no pressure',
    message: { ...WEARABLE, blood_pressure: [120, 80] },
    reading: { systolic_bp: null },
    flags: { systolic_bp: ['TYPE'], diastolic_bp: ['TYPE'] },
  },
  {
    rule: 'an unreadable pressure alone leaves no reading',
    message: { ...WEARABLE, respiration_rate: undefined, blood_pressure: 'high' },
    ends: 'NO_READING',
  },
  {
    rule: 'a pressure of null is missing',
    message: { ...WEARABLE, blood_pressure: null },
    reading: { respiratory_rate: 16, systolic_bp: null },
  },
  {
    rule: 'a temperature is in Celsius',
    message: { ...WEARABLE, blood_pressure: null, temperature: 36.8 },
    reading: { temperature: 36.8 },
  },
];

describe.each([
  ['er', ER_CASES],
  ['wearable', WEARABLE_CASES],
] as const)('dialect %s', (dialect, cases) => {
  test.each(cases.map((item) => [item.rule, item] as const))('%s', (_rule, { message, reading, flags, ends }) => {
    for (const declared of [dialect, null]) {
      const outcome = itemsOf(messageOf(JSON.stringify(message), { dialect: declared }));
      expect(outcome.ends).toEqual([ends ?? 'P1']);
      if (ends !== undefined) continue;
      expect(outcome.readings[0]).toMatchObject({ ...reading });
      expect(outcome.readings[0]?.flags ?? null).toEqual(flags ?? null);
    }
  });
});

describe('a message that says which dialect it is', () => {
  test('is not taken for another by its content', () => {
    const { readings } = itemsOf(messageOf(jsonWith({ patient_name: 'Jo', temperature: 36.8 })));
    expect(readings[0]).toMatchObject({ temperature: 36.8 });
    const declared = messageOf(jsonWith({ version: undefined, patient_name: 'Jo' }), { dialect: 'json' });
    expect(itemsOf(declared).readings[0]).toMatchObject({ temperature: 36.8 });
  });

  test('in its attribute is read as that', () => {
    const message = messageOf(jsonWith({ temperature: 98.6 }), { attributes: '{"dialect":"er"}' });
    expect(decode(message, { timezone: null }).rows[0]?.units).toEqual({ temperature: '[degF]' });
  });

  test('the name of a patient goes nowhere', () => {
    const { readings, rejects } = itemsOf(messageOf(JSON.stringify({ ...ER, heart_rate: 'x', spo2: 97 })));
    expect(JSON.stringify([readings, rejects])).not.toContain('Example');
  });
});
