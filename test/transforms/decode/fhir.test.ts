import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../../transforms/decode/parse-json.js';
import type { Flags, Reading } from '../../../transforms/reading.js';
import { bundle, concept, fhir, observation, quantity, vital } from './fhir-messages.js';
import { itemsOf } from './items.js';
import { EVENT_TIME } from './messages.js';

const SNOMED = 'http://snomed.info/sct';
const absent = { dataAbsentReason: concept('unknown', 'http://terminology.hl7.org/CodeSystem/data-absent-reason') };

interface Accepted {
  readonly rule: string;
  readonly resource: JsonObject;
  readonly reading: Partial<Reading>;
  readonly flags?: Flags;
  /** Fields that are refused, as `field REASON`. */
  readonly fields?: readonly string[];
}

const bp = (change: JsonObject = {}): JsonObject =>
  observation({
    id: 'bp-1',
    code: concept('85354-9'),
    valueQuantity: undefined,
    component: [
      { code: concept('8480-6'), valueQuantity: quantity(118, 'mm[Hg]') },
      { code: concept('8462-4'), valueQuantity: quantity(72, 'mm[Hg]') },
    ],
    ...change,
  });

const temperature = (value: number, unit: string): JsonObject => vital('t-1', '8310-5', value, unit);
const oxygen = (code: string, value: JsonObject, system?: string): JsonObject =>
  observation({ component: [{ code: concept(code, system), ...value }] });

const ACCEPTED: readonly Accepted[] = [
  {
    rule: 'an Observation is a reading',
    resource: observation(),
    reading: { patient_id: 'P1', device_id: 'MON-1', event_time: EVENT_TIME, status: 'final', heart_rate: 78 },
  },
  { rule: 'components are vitals', resource: bp(), reading: { systolic_bp: 118, diastolic_bp: 72 } },
  {
    rule: 'row 90: a component with a dataAbsentReason is missing',
    resource: bp({
      component: [
        { code: concept('8480-6'), valueQuantity: quantity(107, 'mm[Hg]') },
        { code: concept('8462-4'), ...absent },
      ],
    }),
    reading: { systolic_bp: 107, diastolic_bp: null },
  },
  {
    rule: 'a value beside a reason for its absence is refused',
    resource: bundle(observation(), temperature(37, 'Cel'), { ...vital('s', '2708-6', 97, '%'), ...absent }),
    reading: { heart_rate: 78, temperature: 37, spo2: null },
    flags: { spo2: ['TYPE'] },
    fields: ['spo2 TYPE'],
  },
  {
    rule: 'row 91: Fahrenheit by its UCUM code is converted and flagged',
    resource: temperature(98.6, '[degF]'),
    reading: { temperature: 37 },
    flags: { temperature: ['F_TO_C'] },
  },
  {
    rule: 'row 91: an unknown unit refuses the field alone',
    resource: bundle(observation(), temperature(310, 'K')),
    reading: { heart_rate: 78, temperature: null },
    flags: { temperature: ['UNIT'] },
    fields: ['temperature UNIT'],
  },
  {
    rule: 'glucose in mmol/L is converted',
    resource: vital('g', '15074-8', 6.3, 'mmol/L'),
    reading: { glucose: 113.5 },
    flags: { glucose: ['MMOL_TO_MGDL'] },
  },
  {
    rule: 'the unit for people counts where there is no code',
    resource: observation({ code: concept('8310-5'), valueQuantity: { value: 98.6, unit: 'degF' } }),
    reading: { temperature: 37 },
    flags: { temperature: ['F_TO_C'] },
  },
  {
    rule: 'a bound is no value',
    resource: bundle(observation(), vital('s', '59408-5', 70, '%', { valueQuantity: { value: 70, comparator: '<' } })),
    reading: { heart_rate: 78, spo2: null },
    flags: { spo2: ['TYPE'] },
    fields: ['spo2 TYPE'],
  },
  {
    rule: 'the same measure twice with one value is one value',
    resource: bundle(vital('a', '2708-6', 97, '%'), vital('b', '59408-5', 97, '%')),
    reading: { spo2: 97 },
  },
  {
    rule: 'the same measure twice with different values is refused',
    resource: bundle(observation(), vital('a', '2708-6', 97, '%'), vital('b', '59408-5', 91, '%')),
    reading: { heart_rate: 78, spo2: null },
    flags: { spo2: ['AMBIGUOUS'] },
    fields: ['spo2 AMBIGUOUS'],
  },
  {
    rule: 'an Observation coded as two measures is refused for both',
    resource: bundle(
      observation(),
      vital('x', '', 37, 'Cel', {
        code: {
          coding: [
            { system: 'http://loinc.org', code: '8310-5' },
            { system: 'http://loinc.org', code: '2339-0' },
          ],
        },
      }),
    ),
    reading: { heart_rate: 78, temperature: null, glucose: null },
    flags: { temperature: ['AMBIGUOUS'], glucose: ['AMBIGUOUS'] },
    fields: ['temperature AMBIGUOUS', 'glucose AMBIGUOUS'],
  },
  {
    rule: 'oxygen by flow is derived',
    resource: oxygen('3151-8', { valueQuantity: quantity(6, 'L/min') }),
    reading: { supplemental_oxygen: true },
    flags: { supplemental_oxygen: ['DERIVED'] },
  },
  {
    rule: 'a flow in another unit is refused',
    resource: oxygen('3151-8', { valueQuantity: quantity(6100, 'mL/min') }),
    reading: { supplemental_oxygen: null },
    flags: { oxygen_flow: ['UNIT'] },
    fields: ['oxygen_flow UNIT'],
  },
  {
    rule: 'FiO2 of air is no supplemental oxygen',
    resource: oxygen('3150-6', { valueQuantity: quantity(21, '%') }),
    reading: { supplemental_oxygen: false },
    flags: { supplemental_oxygen: ['DERIVED'] },
  },
  {
    rule: 'breathing room air is no supplemental oxygen',
    resource: oxygen('722742002', {}, SNOMED),
    reading: { supplemental_oxygen: false },
  },
  {
    rule: 'patient on oxygen is supplemental oxygen',
    resource: oxygen('371825009', {}, SNOMED),
    reading: { supplemental_oxygen: true },
  },
  {
    rule: 'patient on oxygen: false is none',
    resource: oxygen('371825009', { valueBoolean: false }, SNOMED),
    reading: { supplemental_oxygen: false },
  },
  {
    rule: 'patient on oxygen with another value is refused',
    resource: oxygen('371825009', { valueString: 'perhaps' }, SNOMED),
    reading: { supplemental_oxygen: null },
    flags: { supplemental_oxygen: ['TYPE'] },
    fields: ['supplemental_oxygen TYPE'],
  },
  {
    rule: 'consciousness is a SNOMED finding',
    resource: oxygen('80288-4', { valueCodeableConcept: concept('130987000', SNOMED) }),
    reading: { consciousness: 'C' },
  },
  {
    rule: 'an unknown level of consciousness is refused',
    resource: oxygen('80288-4', { valueCodeableConcept: { text: 'sleepy' } }),
    reading: { consciousness: null },
    flags: { consciousness: ['TYPE'] },
    fields: ['consciousness TYPE'],
  },
  {
    rule: 'row 65: a date alone is the start of its day in UTC',
    resource: observation({ effectiveDateTime: '1999-07-02' }),
    reading: { event_time: Date.UTC(1999, 6, 2) },
    flags: { event_time: ['DATE_ONLY'] },
  },
  {
    rule: 'of a Period the end counts',
    resource: observation({
      effectiveDateTime: undefined,
      effectivePeriod: { start: '2026-11-21T07:00:00Z', end: '2026-11-21T07:20:50.123Z' },
    }),
    reading: { event_time: EVENT_TIME },
  },
  {
    rule: 'of a Period without an end the start counts',
    resource: observation({
      effectiveDateTime: undefined,
      effectivePeriod: { start: '2026-11-21T08:20:50.123+01:00' },
    }),
    reading: { event_time: EVENT_TIME },
  },
  {
    rule: 'an Instant is a time',
    resource: observation({ effectiveDateTime: undefined, effectiveInstant: '2026-11-21T07:20:50.123Z' }),
    reading: { event_time: EVENT_TIME },
  },
  {
    rule: 'issued is when this version was sent',
    resource: bundle(
      observation({ issued: '2026-11-21T07:21:00Z' }),
      vital('t', '8310-5', 37, 'Cel', { issued: '2026-11-21T07:22:00Z' }),
    ),
    reading: { sent_time: Date.UTC(2026, 10, 21, 7, 22), heart_rate: 78, temperature: 37 },
  },
  {
    rule: 'the patient is the id part of an absolute, versioned reference',
    resource: observation({ subject: { reference: 'https://example.org/fhir/Patient/P1/_history/2' } }),
    reading: { patient_id: 'P1' },
  },
  {
    rule: 'a device without a reference is known by its identifier',
    resource: observation({ device: { identifier: { value: 'SN-1' } } }),
    reading: { device_id: 'SN-1' },
  },
  {
    rule: 'an Observation without a device is a reading',
    resource: observation({ device: undefined }),
    reading: { device_id: null, heart_rate: 78 },
  },
];

describe('what a FHIR message of one reading becomes', () => {
  test.each(ACCEPTED.map((accepted) => [accepted.rule, accepted] as const))('%s', (_rule, accepted) => {
    const { readings, rejects } = itemsOf(fhir(accepted.resource));
    expect(readings).toHaveLength(1);
    expect(readings[0]).toMatchObject(accepted.reading);
    expect(readings[0]?.flags ?? null).toEqual(accepted.flags ?? null);
    expect(rejects.map(({ field, reason }) => `${String(field)} ${reason}`)).toEqual(accepted.fields ?? []);
  });

  test.each([
    ['final', 'final', null],
    ['preliminary', 'final', { status: ['ALIAS'] }],
    ['amended', 'corrected', { status: ['ALIAS'] }],
    ['corrected', 'corrected', null],
    ['entered-in-error', 'entered-in-error', null],
    ['cancelled', 'entered-in-error', { status: ['ALIAS'] }],
  ] as const)('status %s is %s', (status, expected, flags) => {
    const [reading] = itemsOf(fhir(observation({ status }))).readings;
    expect(reading).toMatchObject({ status: expected, heart_rate: 78 });
    expect(reading?.flags ?? null).toEqual(flags);
  });

  test('row 92: a tombstone needs no value', () => {
    const { readings } = itemsOf(fhir(observation({ status: 'entered-in-error', valueQuantity: undefined })));
    expect(readings[0]).toMatchObject({ status: 'entered-in-error', heart_rate: null });
  });
});

describe('what is refused whole', () => {
  test.each<[string, JsonObject, string]>([
    ['no patient', observation({ subject: undefined }), 'NO_PATIENT'],
    ['a subject that is no patient', observation({ subject: { reference: 'Group/G1' } }), 'NO_PATIENT'],
    ['a contained patient, whose id holds here alone', observation({ subject: { reference: '#p' } }), 'NO_PATIENT'],
    ['a reference that is a number', observation({ subject: { reference: [1] } }), 'TYPE'],
    ['an id that reads as a path', observation({ subject: { reference: 'Patient/a/b' } }), 'ID'],
    ['no time', observation({ effectiveDateTime: undefined }), 'DATE'],
    ['a year alone', observation({ effectiveDateTime: '2026' }), 'DATE'],
    ['30 February', observation({ effectiveDateTime: '2026-02-30' }), 'DATE'],
    ['a time without a zone', observation({ effectiveDateTime: '2026-11-21T07:20:50' }), 'NO_TZ'],
    ['status registered', observation({ status: 'registered' }), 'TYPE'],
    ['no status', observation({ status: undefined }), 'TYPE'],
    ['only a value that cannot be read', observation({ valueQuantity: quantity('high', '/min') }), 'NO_READING'],
    ['only a value of an unknown unit', observation({ valueQuantity: quantity(1.3, 'Hz') }), 'NO_READING'],
    ['only a bound', observation({ valueQuantity: { value: 40, comparator: '<' } }), 'NO_READING'],
    ['an absent value alone', observation({ valueQuantity: undefined, ...absent }), 'NO_VITALS'],
    ['a code that is no vital sign', observation({ code: concept('8302-2') }), 'NO_VITALS'],
    ['a LOINC code of another system', observation({ code: concept('8867-4', 'urn:x') }), 'NO_VITALS'],
    ['a resource of another type', { resourceType: 'Patient', id: 'P1' }, 'NO_VITALS'],
    ['an empty Bundle', { resourceType: 'Bundle' }, 'NO_VITALS'],
    ['a Bundle of other resources', bundle({ resourceType: 'Patient', id: 'P1' }), 'NO_VITALS'],
    ['a Bundle whose entries are no list', { resourceType: 'Bundle', entry: 7 }, 'SHAPE'],
  ])('%s', (_name, resource, reason) => {
    expect(itemsOf(fhir(resource)).ends).toEqual([reason]);
  });

  test('an object without a resource type that is declared as FHIR is SHAPE', () => {
    expect(itemsOf(fhir({ id: 'x' }, { dialect: 'fhir' })).ends).toEqual(['SHAPE']);
  });

  test('--timezone supplies a zone', () => {
    const message = fhir(observation({ effectiveDateTime: '2026-11-21T08:20:50.123' }));
    expect(itemsOf(message, '+01:00').readings[0]).toMatchObject({ event_time: EVENT_TIME });
  });
});
