import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { VITALS } from '../../../schema/vitals.js';
import { cleanse } from '../../../transforms/cleanse.js';
import { toCanonicalJson } from '../../../transforms/canonical-json.js';
import { decode } from '../../../transforms/decode/index.js';
import type { Message } from '../../../transforms/reading.js';
import { REASONS, type Reject } from '../../../transforms/reject.js';
import { BASE, csvWith, messageOf } from './messages.js';
import { outcomeOf } from './outcome.js';

/** `VITALS_FUZZ_RUNS=10000000` runs the programme of docs/dead-letters.md; the default keeps the suite short. */
const RUNS = Number(process.env.VITALS_FUZZ_RUNS ?? 3000);

/** Every item of a message must end exactly once: as a reading or as a reject of scope `item`. */
function checkAccounted(message: Message): void {
  const decoded = decode(message, { timezone: null });
  const ended: number[] = [];
  const rejects: Reject[] = [...decoded.rejects];
  for (const row of decoded.rows) {
    const cleansed = cleanse(row, { checkClock: true });
    rejects.push(...cleansed.rejects);
    for (const { item } of cleansed.rows) ended.push(item);
  }
  for (const { reason, scope, item, field } of rejects) {
    if (!REASONS.includes(reason)) throw new Error(`${reason} is no reason`);
    if (scope === 'item') ended.push(item);
    else if (field === null) throw new Error(`a ${scope} reject without a field`);
  }
  const items = ended.sort((a, b) => a - b).join();
  // Plain comparisons: `expect` in every run would be most of the work.
  if (items === '' || items !== ended.map((_, index) => index).join()) throw new Error(`items ended: ${items}`);
}

const dialects = fc.constantFrom(null, 'json', 'csv', 'nonsense');
const attributes = fc.constantFrom(null, '{"header":"patient_id,event_time,heart_rate"}', '[', '{"dialect":"csv"}');

/** Values that have broken parsers before, and ordinary ones. */
const values: fc.Arbitrary<unknown> = fc.oneof(
  fc.anything(),
  fc.constantFrom<unknown>(
    -1,
    0,
    -0,
    255,
    1e308,
    5e-324,
    NaN,
    '',
    ' ',
    '1e999',
    '98.6F',
    '__proto__',
    '2026-02-30',
    true,
  ),
  fc.double(),
  fc.string(),
  fc.string({ unit: 'binary' }),
);
const fields = fc.oneof(
  fc.constantFrom(...Object.keys(BASE), 'units', 'status', 'lead_off', 'probe_off', 'oxygen_flow', 'fio2', 'sent_time'),
  fc.string(),
);

function safeJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => (typeof member === 'bigint' ? String(member) : member));
}

describe('every item of every message is accounted for', () => {
  test('arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), dialects, attributes, (payload, dialect, text) => {
        checkAccounted(messageOf(payload, { dialect, attributes: text }));
      }),
      { numRuns: RUNS },
    );
  });

  test('valid messages with bytes flipped, cut out and put in', () => {
    const valid = Buffer.from(JSON.stringify(BASE));
    const edits = fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255), fc.constantFrom('flip', 'cut', 'put')), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(edits, (list) => {
        const bytes = [...valid];
        for (const [at, byte, kind] of list) {
          if (kind === 'flip') bytes[at] = byte;
          else bytes.splice(at, kind === 'cut' ? byte : 0, ...(kind === 'put' ? [byte] : []));
        }
        checkAccounted(messageOf(Uint8Array.from(bytes, (byte) => byte ?? 0)));
      }),
      { numRuns: RUNS },
    );
  });

  test('valid JSON with any members', () => {
    fc.assert(
      fc.property(fc.dictionary(fields, values), (change) => {
        checkAccounted(messageOf(safeJson({ ...BASE, ...change })));
      }),
      { numRuns: RUNS },
    );
  });

  test('CSV with any cells', () => {
    fc.assert(
      fc.property(fc.dictionary(fields, fc.oneof(fc.string(), fc.double())), (change) => {
        checkAccounted(csvWith(change));
      }),
      { numRuns: RUNS },
    );
  });

  test('JSON of any shape', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        checkAccounted(messageOf(text));
      }),
      { numRuns: RUNS },
    );
  });
});

describe('what goes through is canonical', () => {
  const numbers = fc.oneof(fc.double({ min: -10, max: 2100, noNaN: true }), fc.integer({ min: -10, max: 2100 }));
  const vitals = fc.record(
    {
      heart_rate: numbers,
      respiratory_rate: numbers,
      spo2: numbers,
      systolic_bp: numbers,
      diastolic_bp: numbers,
      mean_bp: numbers,
      temperature: fc.double({ min: 20, max: 120, noNaN: true }),
      glucose: numbers,
    },
    { requiredKeys: [] },
  );

  /** Labels that say what canonical values are in: then nothing is left to guess. */
  const units = Object.fromEntries(VITALS.map(({ name, unit }) => [name, unit]));

  test('a canonical reading with its units decodes to itself', () => {
    fc.assert(
      fc.property(vitals, (change) => {
        const first = outcomeOf(messageOf(JSON.stringify({ ...BASE, ...change }))).reading;
        // A saturation that was rounded to 1 % is ambiguous with any label.
        if (first === null || first.spo2 === 1) return;
        const canonical = toCanonicalJson(first).replace('{', `{"units":${JSON.stringify(units)},`);
        const again = outcomeOf(messageOf(canonical)).reading;
        expect({ ...again, flags: null }).toEqual({ ...first, flags: null });
      }),
      { numRuns: Math.min(RUNS, 1000) },
    );
  });
});
