import { describe, expect, test } from '@jest/globals';
import { deduplicate } from '../../transforms/deduplicate.js';
import { identify } from '../../transforms/identify.js';
import { makePseudonymizer } from '../../transforms/pseudonym.js';
import type { Reading } from '../../transforms/reading.js';
import { BAD_INPUTS, type BadInput } from '../transforms/decode/bad-input.js';
import { itemsOf } from '../transforms/decode/items.js';
import { outcomeOf } from '../transforms/decode/outcome.js';
import { DIALECT_CASES, type DialectCase } from './dialect-cases.js';
import { LAKE_CASES } from './lake-cases.js';
import { TABLE } from './row-names.js';

/** Words in capitals that are no codes. */
const FORMATS = ['CSV', 'FHIR', 'SQL', 'JSON'];

const pseudonym = makePseudonymizer(Buffer.alloc(32, 7));

/** What silver would hold of a reading: its flags, behind every stage that settles which readings there are. */
function flagsInSilver(reading: Reading): object | null {
  const { rows, suppressed } = deduplicate([identify(reading, pseudonym), identify(reading, pseudonym)]);
  expect([rows.length, suppressed.length]).toEqual([1, 1]);
  expect(rows[0]?.patient_id).not.toBe(reading.patient_id);
  return rows[0]?.flags ?? null;
}

function checkMessage({ rule, message, settings, item, fields, reading, flags }: BadInput): void {
  const outcome = outcomeOf(message, settings);
  expect({ rule, item: outcome.itemReason, fields: outcome.fields }).toEqual({
    rule,
    item: item ?? null,
    fields: fields ?? [],
  });
  expect(outcome.reading === null).toBe(item !== undefined);
  if (outcome.reading === null) return;
  expect({ rule, reading: outcome.reading }).toMatchObject({ rule, reading: { ...reading } });
  expect({ rule, flags: flagsInSilver(outcome.reading) }).toEqual({ rule, flags: flags ?? null });
}

function checkDialect({ rule, message, ends, fields, flags }: DialectCase): void {
  const { readings, rejects, ends: found } = itemsOf(message);
  const refused = rejects
    .filter(({ scope }) => scope === 'field')
    .map(({ field, reason }) => `${String(field)} ${reason}`);
  expect({ rule, ends: found, fields: refused }).toEqual({ rule, ends, fields: fields ?? [] });
  if (flags !== undefined) expect({ rule, flags: readings.map(flagsInSilver) }).toEqual({ rule, flags });
}

describe('the bad-input table', () => {
  test.each(TABLE.map((row) => [`${row.row} ${row.name}: ${row.outcome}`, row] as const))(
    '%s',
    async (_title, { row }) => {
      const messages = BAD_INPUTS.filter((input) => input.row === row);
      const dialects = DIALECT_CASES.filter((input) => input.row === row);
      const lake = LAKE_CASES.get(row);
      expect(messages.length + dialects.length + (lake === undefined ? 0 : 1)).toBeGreaterThan(0);
      for (const input of messages) checkMessage(input);
      for (const input of dialects) checkDialect(input);
      await lake?.();
    },
  );

  test('it has 92 rows, in their order', () => {
    expect(TABLE.map(({ row }) => row)).toEqual(Array.from({ length: 92 }, (_, index) => index + 1));
  });

  test('what a row is said to become is what its cases show', () => {
    for (const { row, name, outcome } of TABLE) {
      const codes = BAD_INPUTS.filter((input) => input.row === row).flatMap(({ item, fields, flags }) => [
        ...(item === undefined ? [] : [item as string]),
        ...(fields ?? []).map((field) => field.split(' ')[1] ?? ''),
        ...Object.values(flags ?? {}).flat(),
      ]);
      const elsewhere = DIALECT_CASES.filter((input) => input.row === row).flatMap(({ ends, flags }) => [
        ...ends,
        ...(flags ?? []).flatMap((one) => Object.values(one ?? {}).flat() as string[]),
      ]);
      // What only the engine shows is asserted there.
      const said =
        outcome.match(/\b[A-Z][A-Z_0-9]{2,}\b/g)?.filter((code) => !LAKE_CASES.has(row) && !FORMATS.includes(code)) ??
        [];
      for (const code of said) expect(`${row} ${name}: ${[...codes, ...elsewhere].join(' ')}`).toContain(code);
    }
  });
});
