import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Reading } from '../../../transforms/reading.js';
import { EVENT_TIME } from './messages.js';
import { became, HEART_RATE, hl7, MSH, OBR, oru, PID, PV1 } from './hl7v2-messages.js';

/** An observation of a vital by LOINC code. */
const obx = (code: string, value: string, unit = '', status = 'F', type = 'NM', rest = ''): string =>
  `OBX||${type}|${code}||${value}|${unit}|||||${status}${rest}`;
const only = (payload: string | Uint8Array, timezone: string | null = null): Reading => {
  const { readings, items } = became(payload, {}, timezone);
  expect([readings.length, ...items]).toEqual([1]);
  return readings[0] as Reading;
};

describe('an ORU^R01 message', () => {
  test('its patient, place, device, time and counter are those of PID-3.1, PV1-3, OBX-18, OBX-14 and MSH-13', () => {
    const reading = only(oru('OBX||NM|8867-4^HR^LN||78|/min|||||F|||20261121082051.5+0100||||MON-0123^X'));
    expect(reading).toMatchObject({
      patient_id: 'P000123',
      ward: 'ICU',
      bed: 'ICU-07',
      device_id: 'MON-0123',
      event_time: Date.UTC(2026, 10, 21, 7, 20, 51, 500),
      sent_time: EVENT_TIME,
      sequence: 42,
      status: 'final',
      heart_rate: 78,
      flags: null,
    });
  });

  test.each<[string, string, Partial<Reading>]>([
    ['LOINC heart rate', obx('8867-4^x^LN', '78', '/min'), { heart_rate: 78 }],
    ['a LOINC code without a system', obx('9279-1', '16'), { respiratory_rate: 16 }],
    ['a LOINC code as the alternate one', obx('HR1^x^L^8867-4^x^LN', '78'), { heart_rate: 78 }],
    ['both codes of SpO2', obx('2708-6^x^LN', '97', '%'), { spo2: 97 }],
    ['an MDC number', obx('150301^MDC_PRESS_CUFF_SYS^MDC', '118', '266016^MDC_DIM_MMHG^MDC'), { systolic_bp: 118 }],
    ['an MDC name without a system', obx('150303^MDC_PRESS_CUFF_MEAN', '114.25'), { mean_bp: 114.3 }],
    ['the older name of a unit', obx('8867-4^x^LN', '78', 'BPM'), { heart_rate: 78 }],
    ['a unit text beside an unknown code', obx('8867-4^x^LN', '78', 'X1^beats/min^L'), { heart_rate: 78 }],
    [
      'HL7 numbers with a sign, without a zero or behind zeros',
      obx('8310-5^x^LN', '+036.', 'Cel'),
      { temperature: 36 },
    ],
    ['a structured number', obx('2339-0^x^LN', '=^182', 'mg/dl', 'F', 'SN'), { glucose: 182 }],
    ['a number with more components', obx('8867-4^x^LN', '78^extra', '/min'), { heart_rate: 78 }],
    ['Fahrenheit', obx('8310-5^x^LN', '98.6', '[degF]'), { temperature: 37 }],
    ['millimoles', obx('15074-8^x^LN', '5.5', 'mmol/L'), { glucose: 99.1 }],
    ['kilopascals', obx('8480-6^x^LN', '16', 'kPa'), { systolic_bp: 120 }],
    ['subcomponents', obx('8867-4&x^x^LN', '78&x', '/min'), { heart_rate: 78 }],
    ['ECG before pulse', `${obx('149530^^MDC', '70')}\r${obx('147842^^MDC', '71')}`, { heart_rate: 71 }],
    ['the first of equals', `${obx('8867-4^x^LN', '70')}\r${obx('8867-4^x^LN', '71')}`, { heart_rate: 70 }],
    ['a value before "no value"', `${obx('147842^^MDC', '-100')}\r${obx('149530^^MDC', '71')}`, { heart_rate: 71 }],
    ['the first repetition', obx('8867-4^x^LN', '60~120'), { heart_rate: 60 }],
  ])('%s is read', (_name, segment, expected) => {
    expect(only(oru(segment))).toMatchObject(expected);
  });

  test.each<[string, string, readonly string[], Partial<Reading>]>([
    ['an unknown unit is UNIT', obx('8867-4^x^LN', '78', 'furlong'), ['heart_rate UNIT'], {}],
    ['a bound is TYPE', obx('2339-0^x^LN', '>^500', 'mg/dL', 'F', 'SN'), ['glucose TYPE'], {}],
    ['a range is TYPE', obx('8867-4^x^LN', '^60^-^80', '/min', 'F', 'SN'), ['heart_rate TYPE'], {}],
    ['a decimal comma is TYPE', obx('8310-5^x^LN', '36,8', 'Cel'), ['temperature TYPE'], {}],
    ['an exponent is no number in HL7, but one in JSON: read', obx('8867-4^x^LN', '7.8e1'), [], { heart_rate: 78 }],
    ['a picture is TYPE', obx('8867-4^x^LN', 'http://x', '', 'F', 'RP'), ['heart_rate TYPE'], {}],
    [
      'a number and a name of two vitals is AMBIGUOUS',
      obx('147842^MDC_RESP_RATE^MDC', '78'),
      ['heart_rate AMBIGUOUS'],
      {},
    ],
    ['a sentinel is missing, without a reject', obx('150456^^MDC', '8388607', '%'), [], { spo2: null }],
    ['an oxygen flow in furlongs is UNIT', obx('3151-8^x^LN', '2', 'furlong'), ['oxygen_flow UNIT'], {}],
    ['another word for consciousness is TYPE', obx('67775-7^x^LN', 'fine', '', 'F', 'ST'), ['consciousness TYPE'], {}],
  ])('%s, and the other vitals go through', (_name, segment, fields, expected) => {
    const outcome = became(oru(segment, obx('9279-1^x^LN', '16', '/min')));
    expect(outcome.fields).toEqual(fields);
    expect(outcome.readings[0]).toMatchObject({ respiratory_rate: 16, ...expected });
  });

  test('oxygen and consciousness are read in every form', () => {
    const flow = only(oru(HEART_RATE, obx('3151-8^x^LN', '2', 'L/min'), obx('67775-7^x^LN', 'V', '', 'F', 'ST')));
    expect(flow).toMatchObject({ supplemental_oxygen: true, consciousness: 'V' });
    expect(flow.flags).toEqual({ supplemental_oxygen: ['DERIVED'] });
    const stated = only(oru(HEART_RATE, obx('supplemental_oxygen^^99VITALS', 'N'), obx('80288-4^x^LN', '1^Confused')));
    expect(stated).toMatchObject({ supplemental_oxygen: false, consciousness: 'C', flags: null });
  });

  test('a lead that is off makes a rate of 0 missing, not an asystole', () => {
    const zero = obx('8867-4^x^LN', '0', '/min');
    const spo2 = obx('59408-5^x^LN', '97', '%');
    expect(only(oru(zero, spo2)).flags).toEqual({ heart_rate: ['ASYSTOLE'] });
    const off = only(oru(zero, spo2, obx('lead_off^^99VITALS', 'Y', '', 'F', 'ID')));
    expect(off).toMatchObject({ heart_rate: null, flags: { heart_rate: ['PROBE_OFF'] } });
  });

  test.each([
    ['a code that is unknown beside a known name', obx('150031^MDC_PRESS_CUFF_SYS^MDC', '142'), 'systolic_bp', 'ALIAS'],
    ['two values of one vital', `${obx('147842^^MDC', '75')}\r${obx('149530^^MDC', '76')}`, 'heart_rate', 'REPEATED'],
  ])('%s is flagged', (_name, segment, field, flag) => {
    expect(only(oru(segment)).flags).toEqual({ [field]: [flag] });
  });

  test('the same value twice is not worth a flag', () => {
    expect(only(oru(obx('147842^^MDC', '75'), obx('149530^^MDC', '75'))).flags).toBeNull();
  });
});

describe('OBX-11', () => {
  const both = (first: string, second: string): string =>
    oru(obx('8867-4^x^LN', '78', '/min', first), obx('9279-1^x^LN', '16', '/min', second));

  test.each([
    ['F', 'F', { status: 'final', heart_rate: 78, respiratory_rate: 16 }],
    ['P', 'R', { status: 'final', heart_rate: 78, respiratory_rate: 16 }],
    ['', 'F', { status: 'final', heart_rate: 78, respiratory_rate: 16 }],
    ['C', 'F', { status: 'corrected', heart_rate: 78, respiratory_rate: 16 }],
    ['D', 'W', { status: 'entered-in-error' }],
    ['D', 'F', { status: 'corrected', heart_rate: null, respiratory_rate: 16 }],
    ['D', 'X', { status: 'entered-in-error' }],
    ['X', 'F', { status: 'final', heart_rate: null, respiratory_rate: 16 }],
    ['I', 'F', { status: 'final', heart_rate: null, respiratory_rate: 16 }],
  ])('%s beside %s', (first, second, expected) => {
    expect(only(both(first, second))).toMatchObject(expected);
  });

  test('a letter that is not in the table refuses the item: it may well be a withdrawal', () => {
    expect(became(both('Q', 'F'))).toMatchObject({ items: ['0 TYPE'], readings: [] });
  });

  test('a correction, a withdrawal and a value that was missing at first have the identity of the original', () => {
    const identities = [both('F', 'F'), both('C', 'F'), both('D', 'W'), both('X', 'F')].map(
      (text) => only(text).identity,
    );
    expect(new Set(identities).size).toBe(1);
  });

  test('nothing but observations without a result is NO_VITALS', () => {
    expect(became(both('X', 'X')).items).toEqual(['0 NO_VITALS']);
  });
});

describe('times', () => {
  const at = (header: string, order: string, observed: string): string =>
    hl7(
      MSH.replace('20261121072050.123+0000', header),
      PID,
      `OBR|1||||||${order}`,
      `OBX||NM|8867-4^x^LN||78|/min|||||F|||${observed}`,
    );
  const HOUR = 3_600_000;
  const SEVEN = Date.UTC(2026, 10, 21, 7);

  test.each([
    ['OBX-14 before OBR-7', at('202611210500+0000', '202611210600+0000', '202611210700+0000'), SEVEN],
    ['OBR-7 before MSH-7', at('202611210500+0000', '202611210700+0000', ''), SEVEN],
    ['MSH-7 where there is no other', at('202611210700+0000', '', ''), SEVEN],
    ['the zone of MSH-7 where the time has none', at('202611210500-0500', '', '202611210200'), SEVEN],
    ['a zone of its own', at('202611210500-0500', '', '202611211230+0530'), SEVEN],
    ['four digits of a fraction', at('202611210700+0000', '', '20261121070000.2509+0000'), SEVEN + 250],
    ['hour 24', at('202611210700+0000', '', '202611202400+0000'), SEVEN - 7 * HOUR],
  ])('%s', (_name, text, expected) => {
    expect(only(text).event_time).toBe(expected);
  });

  test('without any zone it is NO_TZ, unless --timezone supplies one', () => {
    const text = at('20261121070000', '', '');
    expect(became(text).items).toEqual(['0 NO_TZ']);
    const reading = only(text, '+01:00');
    expect(reading.event_time).toBe(SEVEN - HOUR);
    expect(reading.flags).toEqual({ event_time: ['TZ_ASSUMED'], sent_time: ['TZ_ASSUMED'] });
  });

  test.each([
    ['a date', '20261121'],
    ['an hour, which has the digits of a Unix time', '2026112107'],
    ['13 digits', '1795245650123'],
    ['30 February', '202602300700+0000'],
    ['a word', 'now'],
  ])('%s is DATE', (_name, time) => {
    expect(became(at('202611210700+0000', '', time)).items).toEqual(['0 DATE']);
  });

  test('several times in one message are several items, each with the observations of its time', () => {
    const late = '|||202611210730+0000';
    const text = oru(HEART_RATE, obx('9279-1^x^LN', '18', '/min', 'F', 'NM', late), obx('9279-1^x^LN', '16', '/min'));
    const { readings } = became(text);
    expect(readings.map(({ item, heart_rate, respiratory_rate }) => [item, heart_rate, respiratory_rate])).toEqual([
      [0, 78, 16],
      [1, null, 18],
    ]);
    expect(readings[0]?.identity).not.toBe(readings[1]?.identity);
  });

  test('one instant in two zones is one reading', () => {
    const noon = obx('9279-1^x^LN', '16', '/min', 'F', 'NM', '|||20261121082050.123+0100');
    expect(only(oru(HEART_RATE, noon))).toMatchObject({ heart_rate: 78, respiratory_rate: 16 });
  });
});

describe('groups', () => {
  test('two OBR of one time and device are one reading, known by both filler order numbers', () => {
    const second = OBR.replace('F-1', 'F-2');
    const forwards = only(hl7(MSH, PID, OBR, HEART_RATE, second, obx('9279-1^x^LN', '16')));
    const backwards = only(hl7(MSH, PID, second, obx('9279-1^x^LN', '16'), OBR, HEART_RATE));
    expect(forwards).toMatchObject({ heart_rate: 78, respiratory_rate: 16 });
    expect(forwards.identity).toBe(`${EVENT_TIME}|F-1/1.1/heart_rate,F-2//respiratory_rate`);
    expect(backwards.identity).toBe(forwards.identity);
  });

  test('two devices are two readings; an observation without one is of the device that its OBR names', () => {
    const { readings } = became(
      oru(
        obx('69965^MDC_DEV_MON_PHYSIO_MULTI_PARAM_MDS^MDC', '', '', 'X', '', '|||||||MON-1'),
        HEART_RATE,
        obx('59408-5^x^LN', '97', '%', 'F', 'NM', '|||||||MON-2'),
      ),
    );
    expect(readings.map(({ device_id, heart_rate, spo2 }) => [device_id, heart_rate, spo2])).toEqual([
      ['MON-1', 78, null],
      ['MON-2', null, 97],
    ]);
  });

  test('each PID is accounted for, whether anything was observed or not', () => {
    const other = 'PID|||P2';
    const { readings, items } = became(hl7(MSH, PID, OBR, HEART_RATE, other, OBR, 'PID|||P3', OBR, HEART_RATE));
    expect(readings.map(({ patient_id, item }) => [patient_id, item])).toEqual([
      ['P000123', 0],
      ['P3', 2],
    ]);
    expect(items).toEqual(['1 NO_VITALS']);
  });

  test.each([
    ['no PID', hl7(MSH, OBR, HEART_RATE), 'NO_PATIENT'],
    ['nothing but a header', hl7(MSH), 'NO_PATIENT'],
    ['an empty PID-3.1', hl7(MSH, 'PID|||^^^HOSPITAL', OBR, HEART_RATE), 'NO_PATIENT'],
    ['a null PID-3', hl7(MSH, 'PID|||""', OBR, HEART_RATE), 'NO_PATIENT'],
    ['an id that is a path', hl7(MSH, 'PID|||../x', OBR, HEART_RATE), 'ID'],
    ['an escape that nobody knows, in an id', hl7(MSH, 'PID|||P\\C2842\\', OBR, HEART_RATE), 'ID'],
    ['a device that is a path', oru(`${HEART_RATE}|||||||a/b`), 'ID'],
    ['no vital', oru(obx('11156-7^LEUKOCYTES^LN', '8')), 'NO_VITALS'],
    ['a vital of which nothing can be read', oru(obx('8867-4^x^LN', 'n/a')), 'NO_READING'],
    ['an ADT message', hl7(MSH.replace('ORU^R01^ORU_R01', 'ADT^A01'), PID), 'FORMAT'],
    ['another ORU', hl7(MSH.replace('ORU^R01^ORU_R01', 'ORU^R30'), PID, OBR, HEART_RATE), 'FORMAT'],
    ['version 3', hl7(MSH.replace('|2.6|', '|3.0|'), PID, OBR, HEART_RATE), 'VERSION'],
    ['a header without delimiters', 'MSH|', 'SYNTAX'],
    ['a delimiter used twice', hl7(MSH.replace('^~\\&', '^^\\&'), PID), 'SYNTAX'],
    ['a broken line', oru(HEART_RATE, 'the rest of a comment'), 'SYNTAX'],
  ])('%s is refused whole', (_name, text, reason) => {
    expect(became(text)).toMatchObject({ items: [`0 ${reason}`], readings: [] });
  });
});

describe('what surrounds a message', () => {
  test.each([
    ['LF', oru(HEART_RATE).replaceAll('\r', '\n'), ['LINE_ENDS']],
    ['CRLF', oru(HEART_RATE).replaceAll('\r', '\r\n'), ['LINE_ENDS']],
    ['MLLP framing', `\u000b${oru(HEART_RATE)}\u001c\r`, ['MLLP_FRAMING']],
    ['a byte order mark', `\ufeff${oru(HEART_RATE)}`, ['BOM']],
    ['a batch', hl7('FHS|^~\\&', 'BHS|^~\\&') + oru(HEART_RATE) + hl7('BTS|1', 'FTS|1'), ['BATCH']],
  ])('%s is removed and flagged', (_name, text, flags) => {
    expect(only(text)).toMatchObject({ heart_rate: 78, flags: { message: flags } });
  });

  test('the last segment needs no CR: a line-oriented source has cut it off', () => {
    expect(only(oru(HEART_RATE).slice(0, -1))).toMatchObject({ heart_rate: 78, flags: null });
  });

  test('each message of a batch is read by itself: a bad one loses only itself', () => {
    const text = oru(HEART_RATE) + hl7(MSH, 'broken') + oru(HEART_RATE).replace('P000123', 'P2');
    const { readings, items } = became(text);
    expect(readings.map(({ patient_id, item }) => [patient_id, item])).toEqual([
      ['P000123', 0],
      ['P2', 2],
    ]);
    expect(items).toEqual(['1 SYNTAX']);
  });

  test('other delimiters are those that MSH names', () => {
    const text = oru(HEART_RATE).replace('^~\\&', '*:!@').replaceAll('^', '*').replaceAll('|', '#');
    expect(only(text)).toMatchObject({ patient_id: 'P000123', heart_rate: 78 });
  });

  test.each([
    ['\\F\\\\S\\\\T\\\\R\\', '|^&~'],
    ['A\\X42\\C', 'ABC'],
    ['\\XC3A9\\', '\u00e9'],
    ['\\XE9\\', '\u00e9'],
    ['a\\.br\\b', 'a\nb'],
    ['\\H\\bold\\N\\', 'bold'],
  ])('the escape sequence %s in a ward is %j', (escaped, ward) => {
    expect(only(hl7(MSH, PID, `PV1||I|${escaped}^^1`, OBR, HEART_RATE)).ward).toBe(ward);
  });

  test('8859/1 is read where MSH-18 declares it; else invalid UTF-8 is ENCODING', () => {
    const text = oru(HEART_RATE).replace('ICU^^', 'Herz\u00fc^^');
    const latin1 = (declared: string): Buffer => Buffer.from(text.replace('UNICODE UTF-8', declared), 'latin1');
    expect(only(latin1('8859/1')).ward).toBe('Herz\u00fc');
    expect(only(text).ward).toBe('Herz\u00fc');
    expect(became(latin1('UNICODE UTF-8')).items).toEqual(['0 ENCODING']);
    expect(became(text.replace('UNICODE UTF-8', 'ISO IR87')).items).toEqual(['0 ENCODING']);
    expect(only(oru(HEART_RATE).replace('UNICODE UTF-8', 'ISO IR87')).heart_rate).toBe(78);
  });

  test.each([
    ['other text', 'hello'],
    ['text before MSH', `hello\r${oru(HEART_RATE)}`],
    ['a batch of nothing', hl7('BHS|^~\\&', 'BTS|0')],
    ['JSON', '{}'],
  ])('%s declared as HL7 v2 is FORMAT', (_name, text) => {
    expect(became(text, { dialect: 'hl7v2' }).items).toEqual(['0 FORMAT']);
  });

  test('every flag that only this dialect raises is explained in docs/hl7v2.md', () => {
    const document = readFileSync('docs/hl7v2.md', 'utf8');
    const folder = 'transforms/decode/hl7v2';
    const source = readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, 'utf8'));
    const flags = [...source.join('\n').matchAll(/(?:\.flag\([^;]*?|repairs\.add\()'([A-Z_]{3,})'/g)].map(
      ([, flag]) => flag,
    );
    expect(flags).toEqual(expect.arrayContaining(['ALIAS', 'REPEATED', 'LINE_ENDS', 'MLLP_FRAMING', 'BATCH']));
    expect(flags.filter((flag) => !document.includes(`\`${String(flag)}\``))).toEqual([]);
  });
});

test('a ward and a bed come from PV1, and are missing without it', () => {
  expect(only(hl7(MSH, PID, OBR, HEART_RATE))).toMatchObject({ ward: null, bed: null });
  expect(only(hl7(MSH, PID, PV1, OBR, HEART_RATE))).toMatchObject({ ward: 'ICU', bed: 'ICU-07' });
});
