import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../../transforms/decode/parse-json.js';
import { bundle, concept, fhir, observation, quantity, TIME, vital } from './fhir-messages.js';
import { itemsOf } from './items.js';

const temperature = vital('t-1', '8310-5', 36.8, 'Cel');
const of = (patient: string, id: string): JsonObject =>
  observation({ id, subject: { reference: `Patient/${patient}` } });

describe('row 89: a Bundle is split', () => {
  test('Observations of one patient, device and time are one reading, known by their sorted ids', () => {
    const { readings, ends } = itemsOf(fhir(bundle(temperature, observation())));
    expect(ends).toEqual(['P1']);
    expect(readings[0]).toMatchObject({ heart_rate: 78, temperature: 36.8, identity: '["hr-1","t-1"]' });
  });

  test('the order of entries changes neither identity nor content', () => {
    const [one] = itemsOf(fhir(bundle(temperature, observation()))).readings;
    const [other] = itemsOf(fhir(bundle(observation(), temperature))).readings;
    expect(other).toEqual(one);
  });

  test('a time written in another zone is the same time', () => {
    const elsewhere = { ...temperature, effectiveDateTime: '2026-11-21T08:20:50.123+01:00' };
    expect(itemsOf(fhir(bundle(observation(), elsewhere))).readings).toHaveLength(1);
  });

  test.each<[string, JsonObject]>([
    ['patient', { subject: { reference: 'Patient/P2' } }],
    ['device', { device: { reference: 'Device/MON-2' } }],
    ['time', { effectiveDateTime: '2026-11-21T07:20:51Z' }],
    ['status', { status: 'entered-in-error' }],
  ])('another %s is another reading', (_name, change) => {
    const { readings } = itemsOf(fhir(bundle(observation(), { ...temperature, ...change })));
    expect(readings.map(({ item, heart_rate, temperature: celsius }) => [item, heart_rate, celsius])).toEqual([
      [0, 78, null],
      [1, null, 36.8],
    ]);
  });

  test('several patients are several items, numbered from 0', () => {
    expect(itemsOf(fhir(bundle(of('P1', 'a'), of('P2', 'b'), of('P3', 'c')))).ends).toEqual(['P1', 'P2', 'P3']);
  });

  test.each<[string, JsonObject, string]>([
    ['no patient', observation({ id: 'x', subject: undefined }), 'NO_PATIENT'],
    ['no such time', observation({ id: 'x', effectiveDateTime: '2026-02-30' }), 'DATE'],
    ['a status that says nothing', observation({ id: 'x', status: 'unknown' }), 'TYPE'],
    ['a heart rate of 900', of('P9', 'x'), 'NO_READING'],
  ])('a bad entry (%s) loses only that entry', (_name, bad, reason) => {
    const spoilt = reason === 'NO_READING' ? { ...bad, valueQuantity: quantity(900, '/min') } : bad;
    expect(itemsOf(fhir(bundle(of('P1', 'a'), spoilt, of('P2', 'b')))).ends).toEqual(['P1', reason, 'P2']);
  });

  test('an entry without a resource is an item of its own', () => {
    const entry = [{ resource: observation() }, null, { request: { method: 'DELETE' } }, { resource: { id: 'x' } }];
    expect(itemsOf(fhir({ resourceType: 'Bundle', entry })).ends).toEqual(['P1', 'SHAPE', 'SHAPE', 'SHAPE']);
  });

  test('other resources and other Observations are extra content', () => {
    const height = observation({ id: 'h', code: concept('8302-2'), effectiveDateTime: '2020-01-01' });
    const { ends, readings } = itemsOf(fhir(bundle({ resourceType: 'Patient', id: 'P1' }, height, observation())));
    expect(ends).toEqual(['P1']);
    expect(readings[0]?.identity).toBe('["hr-1"]');
  });

  test('a subject that is the URN of an entry is the Patient in it, else the URN', () => {
    const subject = { reference: 'urn:uuid:6f1e' };
    const patient = { fullUrl: 'urn:uuid:6f1e', resource: { resourceType: 'Patient', id: 'P7' } };
    const entry = [{ resource: observation({ subject }) }];
    expect(itemsOf(fhir({ resourceType: 'Bundle', entry: [...entry, patient] })).ends).toEqual(['P7']);
    expect(itemsOf(fhir({ resourceType: 'Bundle', entry })).ends).toEqual(['6f1e']);
  });

  test('without an id the full URL, then the identifier, then device, time and vitals identify', () => {
    const anonymous = observation({ id: undefined });
    const identity = (entry: JsonObject): string | undefined =>
      itemsOf(fhir({ resourceType: 'Bundle', entry: [entry] })).readings[0]?.identity;
    expect(identity({ fullUrl: 'urn:uuid:1', resource: anonymous })).toBe('["urn:uuid:1"]');
    expect(identity({ resource: { ...anonymous, identifier: [{ system: 's', value: 'v' }] } })).toBe('["s|v"]');
    expect(identity({ resource: anonymous })).toBe(`${Date.parse(TIME)}|heart_rate|MON-1`);
  });

  test('a Bundle inside a Bundle is opened', () => {
    expect(itemsOf(fhir(bundle(bundle(observation())))).ends).toEqual(['P1']);
  });
});

describe('a vital-signs panel', () => {
  const panel = (change: JsonObject): JsonObject =>
    observation({ id: 'panel', code: concept('85353-1'), valueQuantity: undefined, ...change });
  const bare = { subject: undefined, device: undefined, effectiveDateTime: undefined };

  test('is its members: bundled ones take from it what they do not say', () => {
    const hasMember = [{ reference: 'Observation/hr-1' }, { reference: 'https://x.org/Observation/t-1/_history/1' }];
    const members = [observation(bare), { ...temperature, ...bare }];
    const { readings, ends } = itemsOf(fhir(bundle(...members, panel({ hasMember }))));
    expect(ends).toEqual(['P1']);
    expect(readings[0]).toMatchObject({ heart_rate: 78, temperature: 36.8, identity: '["hr-1","t-1"]' });
  });

  test('is its contained members, whose ids hold within it', () => {
    const contained = [observation({ ...bare, id: 'a' }), { ...temperature, ...bare, id: 'b' }];
    const hasMember = [{ reference: '#a' }, { reference: '#b' }];
    const { readings } = itemsOf(fhir(panel({ contained, hasMember })));
    expect(readings).toHaveLength(1);
    expect(readings[0]).toMatchObject({ heart_rate: 78, temperature: 36.8, identity: '["panel#a","panel#b"]' });
  });

  test('a member keeps its own time', () => {
    const own = { ...temperature, effectiveDateTime: '2026-11-21T07:00:00Z' };
    const hasMember = [{ reference: 'Observation/t-1' }];
    const { readings } = itemsOf(fhir(bundle(panel({ hasMember }), own)));
    expect(readings.map(({ event_time }) => event_time)).toEqual([Date.parse('2026-11-21T07:00:00Z')]);
  });

  test('whose members are elsewhere has no vitals', () => {
    expect(itemsOf(fhir(panel({ hasMember: [{ reference: 'Observation/far' }] }))).ends).toEqual(['NO_VITALS']);
  });

  test('that measures something itself is read with its members', () => {
    const own = panel({
      valueQuantity: quantity(97, '%'),
      code: concept('2708-6'),
      hasMember: [{ reference: 'Observation/hr-1' }],
    });
    expect(itemsOf(fhir(bundle(own, observation()))).readings[0]).toMatchObject({ heart_rate: 78, spo2: 97 });
  });
});
