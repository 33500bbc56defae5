import { describe, expect, test } from '@jest/globals';
import { ConfigurationError } from '../../../schema/errors.js';
import { decode } from '../../../transforms/decode/index.js';
import type { Message } from '../../../transforms/reading.js';
import { BASE, csvWith, EVENT_TIME, jsonWith, messageOf } from './messages.js';
import { outcomeOf } from './outcome.js';

const identity = (change: Record<string, unknown>): string => {
  const [row] = decode(messageOf(jsonWith(change)), { timezone: null }).rows;
  if (row === undefined) throw new Error('the message was refused');
  return row.identity;
};

describe('a decoded reading', () => {
  test('a full message gives every column of the reading', () => {
    const { reading } = outcomeOf(messageOf(jsonWith({ mean_bp: 87.3, spo2_scale: 2, sent_time: BASE.event_time })));
    expect(reading).toEqual({
      batch: 7,
      offset: 3,
      item: 0,
      source_message_id: 'M1',
      publish_time: EVENT_TIME + 1000,
      receive_time: EVENT_TIME + 2000,
      patient_id: 'P000123',
      device_id: 'MON-0123',
      ward: 'ICU',
      bed: 'ICU-07',
      event_time: EVENT_TIME,
      sequence: 42,
      status: 'final',
      heart_rate: 78,
      respiratory_rate: 16,
      spo2: 97,
      systolic_bp: 118,
      diastolic_bp: 72,
      mean_bp: 87.3,
      temperature: 36.8,
      glucose: 98,
      supplemental_oxygen: false,
      consciousness: 'A',
      spo2_scale: 2,
      sent_time: EVENT_TIME,
      identity: `${EVENT_TIME}|s42|MON-0123`,
      flags: null,
    });
  });

  test('the same reading as CSV is the same reading', () => {
    expect(outcomeOf(csvWith({})).reading).toEqual(outcomeOf(messageOf(JSON.stringify(BASE))).reading);
  });

  test('a strict reading of the same message is the same reading', () => {
    const pretty = JSON.stringify(BASE, null, 2);
    expect(outcomeOf(messageOf(pretty)).reading).toEqual(outcomeOf(messageOf(JSON.stringify(BASE))).reading);
  });

  test('a message without anything but patient, time and one vital goes through', () => {
    const message = messageOf(`{"patient_id":"P1","event_time":"${BASE.event_time}","spo2":93}`);
    expect(outcomeOf(message).reading).toMatchObject({ patient_id: 'P1', spo2: 93, device_id: null, status: 'final' });
  });
});

describe('the identity of a reading', () => {
  test('it does not depend on values, message id, ward or status', () => {
    const changed = {
      heart_rate: 120,
      message_id: 'other',
      ward: 'B',
      status: 'corrected',
      sent_time: BASE.event_time,
    };
    expect(identity(changed)).toBe(identity({}));
  });

  test('it depends on device, event time and sequence', () => {
    const all = [{}, { device_id: 'MON-2' }, { event_time: '2026-11-21T07:20:50.124Z' }, { sequence: 43 }];
    expect(new Set(all.map(identity)).size).toBe(all.length);
  });

  test('without a sequence it names the vitals that the source reported, sorted, refused ones included', () => {
    expect(identity({ sequence: undefined, glucose: null, mean_bp: 'x', temperature: 99999 })).toBe(
      `${EVENT_TIME}|diastolic_bp,heart_rate,mean_bp,respiratory_rate,spo2,systolic_bp,temperature|MON-0123`,
    );
  });

  test('no device and a device of any name are never confused', () => {
    expect(identity({ device_id: undefined })).toBe(`${EVENT_TIME}|s42`);
    expect(identity({ device_id: 'a|b' })).toBe(`${EVENT_TIME}|s42|a|b`);
  });
});

describe('supplemental oxygen', () => {
  test.each([
    [{ supplemental_oxygen: undefined, oxygen_flow: 2 }, true, { supplemental_oxygen: ['DERIVED'] }],
    [{ supplemental_oxygen: undefined, oxygen_flow: 0 }, false, { supplemental_oxygen: ['DERIVED'] }],
    [{ supplemental_oxygen: undefined, fio2: 40 }, true, { supplemental_oxygen: ['DERIVED'] }],
    [{ supplemental_oxygen: undefined, fio2: 21 }, false, { supplemental_oxygen: ['DERIVED'] }],
    [{ supplemental_oxygen: undefined, fio2: 0.21 }, false, { fio2: ['FRACTION'], supplemental_oxygen: ['DERIVED'] }],
    [{ supplemental_oxygen: undefined, fio2: 0.4 }, true, { fio2: ['FRACTION'], supplemental_oxygen: ['DERIVED'] }],
    [{ supplemental_oxygen: undefined, oxygen_flow: 0, fio2: 28 }, true, { supplemental_oxygen: ['DERIVED'] }],
    [{ supplemental_oxygen: true, oxygen_flow: 2 }, true, null],
    [{ supplemental_oxygen: false, oxygen_flow: 2 }, false, { supplemental_oxygen: ['OXYGEN_CONFLICT'] }],
    [{ supplemental_oxygen: undefined }, null, null],
  ])('%j', (change, expected, flags) => {
    const { reading } = outcomeOf(messageOf(jsonWith(change)));
    expect(reading?.supplemental_oxygen).toBe(expected);
    expect(reading?.flags ?? null).toEqual(flags);
  });

  test.each([
    [{ oxygen_flow: -1 }, 'oxygen_flow RANGE'],
    [{ oxygen_flow: 101 }, 'oxygen_flow RANGE'],
    [{ fio2: 5 }, 'fio2 RANGE'],
    [{ fio2: 101 }, 'fio2 RANGE'],
    [{ fio2: 'high' }, 'fio2 TYPE'],
  ])('%j is refused by itself', (change, reject) => {
    const { reading, fields } = outcomeOf(messageOf(jsonWith({ ...change, supplemental_oxygen: undefined })));
    expect(fields).toEqual([reject]);
    expect(reading).toMatchObject({ supplemental_oxygen: null, heart_rate: 78 });
  });
});

describe('the dialect of a message', () => {
  test('a declared dialect counts, in the column or in the attributes', () => {
    const line = csvWith({});
    expect(outcomeOf(line).reading).not.toBeNull();
    expect(outcomeOf({ ...line, dialect: null }).reading).not.toBeNull();
  });

  test('undeclared JSON is read as JSON v1', () => {
    expect(outcomeOf(messageOf(JSON.stringify(BASE), { attributes: '{"origin":"x"}' })).reading).not.toBeNull();
    expect(outcomeOf(messageOf(JSON.stringify(BASE), { attributes: 'no json' })).reading).not.toBeNull();
  });

  test('an undeclared CSV line is SYNTAX: it does not say what its cells mean', () => {
    expect(outcomeOf({ ...csvWith({}), dialect: null, attributes: null }).itemReason).toBe('SYNTAX');
  });
});

describe('CSV', () => {
  const line = (header: string, payload: string): Message =>
    messageOf(payload, { dialect: 'csv', attributes: JSON.stringify({ dialect: 'csv', header }) });
  const HEADER = 'patient_id,event_time,heart_rate';

  test.each([
    ['without a header it is FORMAT', messageOf('a', { dialect: 'csv', attributes: '{}' }), 'FORMAT'],
    ['without attributes it is FORMAT', messageOf('a', { dialect: 'csv' }), 'FORMAT'],
    ['too few cells are SYNTAX', line(HEADER, 'P1,2026-11-21T07:20:50Z'), 'SYNTAX'],
    ['too many cells are SYNTAX', line(HEADER, 'P1,2026-11-21T07:20:50Z,78,'), 'SYNTAX'],
    ['broken quoting is SYNTAX', line(HEADER, '"P1,2026-11-21T07:20:50Z,78'), 'SYNTAX'],
    ['broken quoting in the header is SYNTAX', line('a,"b', 'P1,2'), 'SYNTAX'],
    ['a column given twice is DUPKEY', line('patient_id,patient_id', 'P1,P2'), 'DUPKEY'],
    ['a column __proto__ is PROTO', line('patient_id,__proto__', 'P1,P2'), 'PROTO'],
    ['a column _bsontype is RESERVED', line('patient_id,_bsontype', 'P1,P2'), 'RESERVED'],
    ['an empty line is EMPTY', line(HEADER, ''), 'EMPTY'],
    ['a NUL is CONTROL', line(HEADER, 'P1\u0000,2026-11-21T07:20:50Z,78'), 'CONTROL'],
    ['cells that are all empty are NO_PATIENT', line(HEADER, ',,'), 'NO_PATIENT'],
  ])('%s', (_rule, message, reason) => {
    expect(outcomeOf(message).itemReason).toBe(reason);
  });

  test('columns may be quoted, unnamed, aliased and in any order', () => {
    const message = line('"HR",,Patient_ID,timestamp', ' 81,7,"P1", 2026-11-21T07:20:50.123Z');
    expect(outcomeOf(message).reading).toMatchObject({ heart_rate: 81, patient_id: 'P1', event_time: EVENT_TIME });
  });

  test('a carriage return at the end of line or header is no part of it', () => {
    expect(outcomeOf(line(`${HEADER}\r`, 'P1,2026-11-21T07:20:50Z,78\r')).reading).toMatchObject({ heart_rate: 78 });
  });

  test('units may stand in a cell as JSON', () => {
    const message = csvWith({ temperature: 98.6, units: { temperature: '[degF]' } });
    expect(outcomeOf(message).reading).toMatchObject({ temperature: 37 });
    expect(outcomeOf(csvWith({ units: 'Cel' })).fields).toEqual(['units TYPE']);
  });

  test('rows without patient or time are numbered when the caller asks for it', () => {
    const rows = line('heart_rate,spo2', '78,97');
    expect(outcomeOf(rows).itemReason).toBe('NO_PATIENT');
    const { reading } = outcomeOf(rows, { numberRows: true, checkClock: false });
    expect(reading).toMatchObject({ patient_id: 'row-4', event_time: rows.receive_time, heart_rate: 78 });
    expect(reading?.flags).toEqual({ patient_id: ['NUMBERED'], event_time: ['NUMBERED'] });
  });

  test('a bad patient or time is refused all the same when rows are numbered', () => {
    const settings = { numberRows: true };
    expect(outcomeOf(line(HEADER, '../x,,78'), settings).itemReason).toBe('ID');
    expect(outcomeOf(line(HEADER, 'P1,soon,78'), settings).itemReason).toBe('DATE');
  });
});

describe('options', () => {
  test('a time zone that does not exist is bad configuration, not bad data', () => {
    const message = messageOf(jsonWith({ event_time: '2026-11-21T07:20:50' }));
    expect(() => decode(message, { timezone: 'Mars/Olympus' })).toThrow(ConfigurationError);
  });
});

describe('details of rejects', () => {
  test('no detail repeats anything of the message', () => {
    const secret = 'Q7SECRETQ7';
    const payloads = [
      `{"patient_id":"${secret}`,
      jsonWith({ patient_id: `${secret}/x` }),
      jsonWith({ ward: `${secret}\u200b` }),
      jsonWith({ event_time: secret }),
      jsonWith({ heart_rate: secret, consciousness: secret, status: secret }),
      jsonWith({ units: { temperature: secret }, [secret]: 1, oxygen_flow: secret }),
      JSON.stringify([secret]),
    ];
    for (const payload of payloads) {
      const { rejects } = outcomeOf(messageOf(payload));
      expect(rejects.length).toBeGreaterThan(0);
      expect(JSON.stringify(rejects)).not.toContain(secret);
    }
  });
});
