import { describe, expect, test } from '@jest/globals';
import type { Flags } from '../../../transforms/reading.js';
import { BAD_INPUTS, type BadInput } from './bad-input.js';
import { csvWith } from './messages.js';
import { outcomeOf, type Outcome } from './outcome.js';

/** Rows of the table that one JSON v1 or CSV message can show; the others are the deduplicator's, gold's or FHIR's. */
const ROWS_ELSEWHERE = [50, 51, 86, 87, 88, 89, 90];

/** In CSV every value is text, so that reading a number from text is no repair. */
const REPAIRS_OF_TEXT = ['STRING_NUMBER', 'STRING_BOOLEAN', 'NUMERIC_ID'];

function expectOutcome(outcome: Outcome, expected: BadInput, flags: Flags | null): void {
  expect(outcome.itemReason).toBe(expected.item ?? null);
  expect(outcome.fields).toEqual(expected.fields ?? []);
  if (expected.item !== undefined) return;
  expect(outcome.reading).toMatchObject({ ...expected.reading });
  expect(outcome.reading?.flags ?? null).toEqual(flags);
}

function withoutTextRepairs(flags: Flags | undefined): Flags | null {
  const kept = Object.entries(flags ?? {})
    .map(([field, codes]) => [field, codes.filter((code) => !REPAIRS_OF_TEXT.includes(code))] as const)
    .filter(([, codes]) => codes.length > 0);
  return kept.length === 0 ? null : Object.fromEntries(kept);
}

describe('bad input in JSON v1', () => {
  test.each(BAD_INPUTS.map((input) => [input.row, input.rule, input] as const))('row %i: %s', (_row, _rule, input) => {
    expectOutcome(outcomeOf(input.message, input.settings), input, input.flags ?? null);
  });

  test('every row of the table that a single message can show has a case', () => {
    const covered = new Set(BAD_INPUTS.map(({ row }) => row));
    const missing = Array.from({ length: 92 }, (_, index) => index + 1).filter(
      (row) => !covered.has(row) && !ROWS_ELSEWHERE.includes(row),
    );
    expect(missing).toEqual([]);
  });
});

describe('bad input in CSV', () => {
  const inCsv = BAD_INPUTS.filter(({ csv }) => csv !== undefined);
  test.each(inCsv.map((input) => [input.row, input.rule, input] as const))('row %i: %s', (_row, _rule, input) => {
    const outcome = outcomeOf(csvWith(input.csv ?? {}), input.settings);
    expectOutcome(outcome, input, withoutTextRepairs(input.flags));
  });
});
