import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decode } from '../../../transforms/decode/index.js';
import { scanControlId } from '../../../transforms/decode/message-id.js';
import { scanOwner, scanPatientId } from '../../../transforms/decode/patient-scan.js';
import { HEART_RATE, hl7, MSH, OBR, oru, PID } from './hl7v2-messages.js';
import { jsonWith, messageOf } from './messages.js';

const owner = (text: string): string | null => scanOwner(Buffer.from(text));

describe('scanOwner', () => {
  test('it sees PID-3.1 of one message, framed or not, and the patient of a flat JSON message', () => {
    expect(owner(oru(HEART_RATE))).toBe('P000123');
    expect(owner(`\u000b${oru(HEART_RATE)}\u001c\r`)).toBe('P000123');
    expect(owner(oru(HEART_RATE).replaceAll('\r', '\n'))).toBe('P000123');
    expect(owner(jsonWith({ patient_id: 'P1' }))).toBe('P1');
  });

  test.each([
    ['two patients', hl7(MSH, PID, OBR, HEART_RATE, 'PID|||P2', OBR, HEART_RATE)],
    ['two messages', oru(HEART_RATE) + oru(HEART_RATE)],
    ['other delimiters', oru(HEART_RATE).replace('^~\\&', '*:!@')],
    ['an escape in the id', oru(HEART_RATE).replace('P000123', 'P\\S\\1')],
    ['no patient', hl7(MSH, OBR, HEART_RATE)],
  ])('%s are left to decode', (_name, text) => {
    expect(owner(text)).toBeNull();
  });

  test('scanPatientId, by which a message counts as one item, never answers for HL7 v2', () => {
    expect(scanPatientId(Buffer.from(oru(HEART_RATE)))).toBeNull();
  });

  test('whatever it sees is the patient of every reading', () => {
    const part = fc.oneof(
      fc.constantFrom(MSH, PID, OBR, HEART_RATE, 'PID|||P2', 'PID|1|x|~P3', 'PID', '\u000b', '\u001c', 'MSH|', '^~\\&'),
      fc.string({ maxLength: 6 }),
    );
    const ends = fc.constantFrom('\r', '\n', '\r\n', '');
    fc.assert(
      fc.property(fc.array(fc.tuple(part, ends), { maxLength: 8 }), (parts) => {
        const text = `${MSH}\r${parts.map(([segment, end]) => segment + end).join('')}`;
        const seen = owner(text);
        if (seen === null) return;
        for (const row of decode(messageOf(text), { timezone: null }).rows) expect(row.patient_id).toBe(seen);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('scanControlId', () => {
  test.each([
    ['MSH-10', oru(HEART_RATE), 'M-1'],
    ['MSH-10 of a framed message', `\u000b${oru(HEART_RATE)}`, 'M-1'],
    ['an empty one', oru(HEART_RATE).replace('|M-1|', '||'), null],
    ['of several messages none', oru(HEART_RATE) + oru(HEART_RATE), null],
    ['of JSON none', jsonWith({}), null],
  ])('%s', (_name, text, expected) => {
    expect(scanControlId(Buffer.from(text))).toBe(expected);
  });
});
