import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { JsonObject } from '../../../transforms/decode/parse-json.js';
import { bundle, concept, observation, quantity, vital } from './fhir-messages.js';
import { itemsOf } from './items.js';
import { messageOf } from './messages.js';

/** As for the other dialects: `VITALS_FUZZ_RUNS` runs the whole programme. */
const RUNS = Number(process.env.VITALS_FUZZ_RUNS ?? 500);

const MEMBERS = ['id', 'status', 'code', 'subject', 'device', 'effectiveDateTime', 'effectivePeriod', 'valueQuantity'];
const MORE = ['component', 'hasMember', 'contained', 'dataAbsentReason', 'issued', 'resourceType', 'identifier'];
const values: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    { reference: 'Patient/P2' },
    { reference: '#a' },
    [{ reference: 'Observation/hr-1' }],
    [{ code: concept('8480-6'), valueQuantity: quantity(120, 'mm[Hg]') }],
    quantity(1e999, '%'),
    { start: '2026-01-01' },
    'entered-in-error',
    'Bundle',
    [observation({ id: 'a' })],
  ),
);
const observations: fc.Arbitrary<JsonObject> = fc
  .dictionary(fc.constantFrom(...MEMBERS, ...MORE), values)
  .map((change) => observation(change));

describe('FHIR of any content', () => {
  test('ends every item of every Bundle exactly once', () => {
    const entries = fc.array(fc.oneof(observations, fc.constant(vital('t', '8310-5', 37, 'Cel'))), { maxLength: 5 });
    fc.assert(
      fc.property(entries, (list) => {
        itemsOf(messageOf(JSON.stringify(bundle(...list)), { dialect: 'fhir' }));
      }),
      { numRuns: RUNS },
    );
  });

  test('is the same set of readings in any order of entries', () => {
    const shuffled = fc
      .array(observations, { minLength: 2, maxLength: 5 })
      .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
    const content = (list: readonly JsonObject[]): string[] =>
      itemsOf(messageOf(JSON.stringify(bundle(...list))))
        .readings.map((reading) => JSON.stringify({ ...reading, item: 0, flags: null }))
        .sort();
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        // Two Observations of one id contradict each other: then the last is the one that a reference means.
        const ids = list.map(({ id }) => JSON.stringify(id));
        fc.pre(new Set(ids).size === ids.length);
        expect(content(other)).toEqual(content(list));
      }),
      { numRuns: Math.min(RUNS, 1000) },
    );
  });
});
