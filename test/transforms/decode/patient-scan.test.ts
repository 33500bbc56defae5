import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decode, scanPatientId } from '../../../transforms/decode/index.js';
import { jsonWith, jsonWithText, messageOf } from './messages.js';

const scan = (text: string): string | null => scanPatientId(Buffer.from(text));

describe('scanPatientId', () => {
  test('a plain id in a flat message is seen', () => {
    expect(scan(jsonWith({ patient_id: 'P-1_2.3' }))).toBe('P-1_2.3');
  });

  test.each([
    ['an id with a letter that is not ASCII', jsonWith({ patient_id: 'é' })],
    ['a backslash anywhere', jsonWith({ ward: 'a"b' })],
    ['a nested object', jsonWith({ units: { spo2: '%' } })],
    ['the key twice', '{"patient_id":"P1","patient_id":"P2"}'],
    ['a numeric id', jsonWithText('patient_id', '17')],
    ['an alias', '{"patientId":"P1"}'],
    ['an empty id', jsonWith({ patient_id: '' })],
    ['a byte order mark', `\ufeff${jsonWith({})}`],
    ['a truncated message', '{"patient_id":"P1'],
    ['nothing', ''],
  ])('%s is left to decode', (_name, text) => {
    expect(scan(text)).toBeNull();
  });

  test('whatever it sees is what decode reads', () => {
    const changes = fc.dictionary(
      fc.constantFrom('patient_id', 'PatientId', 'ward', 'units', 'note'),
      fc.oneof(fc.string(), fc.constantFrom('P1', 'patient_id', '"patient_id":"P2"'), fc.integer(), fc.constant(null)),
    );
    fc.assert(
      fc.property(changes, (change) => {
        const text = jsonWith(change);
        const seen = scan(text);
        const [row] = decode(messageOf(text), { timezone: null }).rows;
        if (seen !== null && row !== undefined) expect(row.patient_id).toBe(seen);
      }),
      { numRuns: 1000 },
    );
  });
});
