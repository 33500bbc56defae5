import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { answersTo, faultOf, type Verdict } from '../../../../pipeline/sources/mllp/acknowledgement.js';
import { decode } from '../../../../transforms/decode/index.js';
import { refusePayload } from '../../../../transforms/decode/hl7v2/index.js';
import { HEART_RATE, hl7, MSH, OBR, PID } from '../../../transforms/decode/hl7v2-messages.js';
import { messageOf } from '../../../transforms/decode/messages.js';

const STAMP = { controlId: 'V1', time: Date.UTC(2026, 10, 21, 7, 20, 50) };
const FULL = 'MSH|^~\\&|MON|ICU|LIS|HOSPITAL|20261121072050||ORU^R01^ORU_R01|M-1|P|2.6||||||UNICODE UTF-8';

function answers(content: string | Buffer, verdict: Verdict = 'A'): string[] {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const refusal = refusePayload(bytes);
  return answersTo(bytes, verdict, refusal === null ? null : faultOf(refusal), () => STAMP).map((bytes) =>
    bytes.toString('latin1'),
  );
}

describe('the answer to a message', () => {
  test('sender and receiver change places; id, processing, version and character set are those of the message', () => {
    expect(answers(FULL)).toEqual([
      'MSH|^~\\&|LIS|HOSPITAL|MON|ICU|20261121072050+0000||ACK^R01^ACK|V1|P|2.6||||||UNICODE UTF-8\rMSA|AA|M-1\r',
    ]);
  });

  test('a message that names no receiver is answered by VITALS', () => {
    expect(answers('MSH|^~\\&|MON|ICU|||20261121||ORU^R01|7|T|2.3')).toEqual([
      'MSH|^~\\&|VITALS||MON|ICU|20261121072050+0000||ACK^R01|V1|T|2.3\rMSA|AA|7\r',
    ]);
  });

  test("the message's own delimiters divide its answer", () => {
    const own = FULL.replaceAll('^', '*').replaceAll('|', '!').replace('*~\\&', '*:%$');
    expect(answers(own)[0]).toMatch(/^MSH!\*:%\$!LIS!.*!ACK\*R01\*ACK!V1!P!2\.6!.*\rMSA!AA!M-1\r$/);
  });

  test("bytes of the message's own character set come back as they were", () => {
    const latin1 = Buffer.from('MSH|^~\\&|M\u00fcnchen|ICU|||1||ORU^R01|\u00e4-1|P|2.6||||||8859/1', 'latin1');
    expect(answers(latin1)[0]).toContain('|M\u00fcnchen|');
    const utf8 = Buffer.from('MSH|^~\\&|M\u00fcnchen|ICU|||1||ORU^R01|\u00e4-1|P|2.6||||||UNICODE UTF-8');
    expect(Buffer.from(answers(utf8)[0] as string, 'latin1').toString('utf8')).toContain('MSA|AA|\u00e4-1');
  });

  test.each([
    [
      'JSON',
      '{"patient_id":"P1"}',
      'MSA|AR|',
      'ERR|||100^Segment sequence error^HL70357|E||||FORMAT: not HL7 v2: something else stands before MSH',
    ],
    ['nothing', '', 'MSA|AR|', 'ERR|||100^Segment sequence error^HL70357|E||||EMPTY: nothing but blanks'],
    [
      'an admission',
      FULL.replace('ORU^R01^ORU_R01', 'ADT^A01'),
      'MSA|AR|M-1',
      'ERR||MSH^1^9|200^Unsupported message type^HL70357|E||||FORMAT: an HL7 v2 message other than ORU R01',
    ],
    [
      'an unknown processing id',
      FULL.replace('|P|', '|X|'),
      'MSA|AR|M-1',
      'ERR||MSH^1^11|202^Unsupported processing id^HL70357|E||||FORMAT: a processing id other than P, T and D',
    ],
    [
      'version 3',
      FULL.replace('|2.6|', '|3.0|'),
      'MSA|AR|M-1',
      'ERR||MSH^1^12|203^Unsupported version id^HL70357|E||||VERSION: a version other than 2.x',
    ],
    [
      'version 2.3',
      FULL.replace('|2.6|', '|2.3|').replace('ORU^R01^ORU_R01', 'ADT^A01'),
      'MSA|AR|M-1',
      'ERR|MSH^1^9^200&Unsupported message type&HL70357',
    ],
  ])('%s is rejected, and told why', (_name, message, msa, err) => {
    const [answer = ''] = answers(message, 'R');
    const [, first, second] = answer.split('\r');
    expect([first, second]).toEqual([msa, err]);
  });

  test.each([
    ['', '', 'AA', 'AE', 'AR'],
    ['AL', '', 'CA', 'CE', 'CR'],
    ['AL', 'NE', 'CA', 'CE', 'CR'],
    ['NE', 'AL', 'AA', 'AE', 'AR'],
    ['AL', 'AL', 'CA AA', 'CE AE', 'CR AR'],
    ['ER', 'NE', '', 'CE', 'CR'],
    ['SU', 'ER', 'CA', 'AE', 'AR'],
    ['NE', 'NE', '', '', ''],
  ])('MSH-15 %p and MSH-16 %p are answered as they ask', (commit, application, accepted, failed, rejected) => {
    const message = FULL.replace('|2.6||||||UNICODE UTF-8', `|2.6|||${commit}|${application}`);
    const codes = (verdict: Verdict) =>
      answers(message, verdict)
        .map((answer) => /\rMSA\|(\w\w)\|M-1\r/.exec(answer)?.[1])
        .join(' ');
    expect([codes('A'), codes('E'), codes('R')]).toEqual([accepted, failed, rejected]);
  });

  test('whatever the message holds, its answer is one well-formed block', () => {
    const part = fc.oneof(
      fc.constantFrom('MSH', '|', '^~\\&', '\r', '\u000b', '\u001c', '2.5', 'ORU^R01'),
      fc.string({ unit: 'binary', maxLength: 5 }),
    );
    const text = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(
        fc.oneof(
          text,
          text.map((rest) => `MSH|^~\\&|${rest}`),
        ),
        fc.constantFrom<Verdict>('A', 'E', 'R'),
        (message, verdict) => {
          for (const answer of answers(Buffer.from(message, 'latin1'), verdict)) {
            expect(answer).toMatch(/^MSH[^\r]+\rMSA.[AC][AER][^\r]*\r(?:ERR[^\r]*\r)?$/);
            expect(answer).not.toMatch(/[\u0000-\u000c\u000e-\u001f]/);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('what is rejected in the answer is rejected by decode', () => {
  test('a message is refused before it is decoded exactly if nothing of it can be read', () => {
    const segment = fc.constantFrom(
      MSH,
      MSH.replace('|P|', '|X|'),
      MSH.replace('R01', 'A01'),
      PID,
      OBR,
      HEART_RATE,
      '{',
      '',
      'FHS|^~\\&',
      'a line',
    );
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 6 }), (segments) => {
        const text = hl7(...segments);
        const refusal = refusePayload(Buffer.from(text));
        const { rows, rejects } = decode(messageOf(text, { dialect: 'hl7v2' }), { timezone: null });
        if (refusal === null) return;
        expect(rows).toEqual([]);
        expect(rejects[0]).toMatchObject({ reason: refusal.reason, detail: refusal.detail, scope: 'item' });
      }),
      { numRuns: 500 },
    );
  });
});
