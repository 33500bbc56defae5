import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseFlat } from '../../../transforms/decode/flat-json.js';
import { parseJson } from '../../../transforms/decode/parse-json.js';
import { toWireRecord, WIRE_FIELDS } from '../../../transforms/decode/wire-record.js';
import { BASE } from './messages.js';

function parse(text: string): ReturnType<typeof parseFlat> {
  const bytes = Buffer.from(text);
  return parseFlat(bytes, bytes.toString('latin1'));
}

const names = fc.oneof(
  fc.constantFrom(...WIRE_FIELDS),
  fc.constantFrom('__proto__', 'constructor', '_bsontype', 'toString', 'note', 'heart', 'heart_rate2', ''),
  fc.string({ maxLength: 8 }),
);
const scalars = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.integer(),
  fc.double(),
  fc.integer({ min: -9999, max: 9999 }).map((n) => n / 100),
  fc.boolean(),
  fc.constant(null),
);

describe('parseFlat', () => {
  test('whatever it accepts, the strict parser accepts and reads alike', () => {
    const members = fc.array(fc.tuple(names, scalars, fc.constantFrom('', ' ', '  ')), { maxLength: 8 });
    fc.assert(
      fc.property(members, (list) => {
        const text = `{${list.map(([name, value, blank]) => `${JSON.stringify(name)}${blank}:${blank}${JSON.stringify(value)}`).join(',')}}`;
        const record = parse(text);
        if (record === null) return;
        const { root, reason } = parseJson(text);
        expect(reason).toBeNull();
        expect(record).toEqual(toWireRecord(root ?? {}));
      }),
      { numRuns: 1000 },
    );
  });

  test('whatever it accepts of damaged text, the strict parser accepts and reads alike', () => {
    const text = JSON.stringify(BASE);
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(4), fc.string({ maxLength: 4 }), (at, cut, put) => {
        const damaged = text.slice(0, at) + put + text.slice(at + cut);
        const record = parse(damaged);
        if (record === null) return;
        const { root, reason } = parseJson(damaged);
        expect(reason).toBeNull();
        expect(record).toEqual(toWireRecord(root ?? {}));
      }),
      { numRuns: 1000 },
    );
  });

  test('it reads the usual message, so that the quick way is taken at all', () => {
    expect(parse(JSON.stringify(BASE))).toMatchObject(BASE);
  });

  test('plain units are read too, and whatever is accepted of others is read alike', () => {
    expect(parse('{"units":{"temperature":"[degF]","spo2":"%"},"spo2":97}')).toMatchObject({
      units: { temperature: '[degF]', spo2: '%' },
      spo2: 97,
    });
    const labels = fc.array(
      fc.tuple(
        fc.constantFrom('spo2', 'temperature', '__proto__', 'constructor', 'a b', ''),
        fc.oneof(fc.constantFrom('[degF]', '{beats}/min', '°C', 'a,b', '"'), fc.string({ maxLength: 4 }), fc.nat()),
      ),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(labels, (list) => {
        const units = list.map(([name, label]) => `${JSON.stringify(name)}:${JSON.stringify(label)}`).join(',');
        const text = `{"spo2":97,"units":{${units}}}`;
        const record = parse(text);
        if (record === null) return;
        const { root, reason } = parseJson(text);
        expect(reason).toBeNull();
        expect(record).toEqual(toWireRecord(root ?? {}));
      }),
      { numRuns: 1000 },
    );
  });

  test('it reads decimals as JSON.parse does', () => {
    const decimals = fc.tuple(fc.bigInt({ min: -999_999n, max: 999_999n }), fc.integer({ min: 0, max: 99_999_999 }));
    fc.assert(
      fc.property(decimals, ([whole, fraction]) => {
        const number = `${whole}.${String(fraction)}`;
        const record = parse(`{"glucose":${number}}`);
        if (record !== null) expect(record.glucose).toBe(JSON.parse(number));
      }),
    );
  });

  test('a wrong guess of the next name changes nothing', () => {
    const forwards = JSON.stringify(BASE);
    const backwards = JSON.stringify(Object.fromEntries(Object.entries(BASE).reverse()));
    for (const text of [forwards, backwards, forwards, backwards]) expect(parse(text)).toMatchObject(BASE);
  });

  test('the wire names fit into the bits that find duplicates', () => {
    expect(WIRE_FIELDS.length).toBeLessThanOrEqual(31);
  });
});
