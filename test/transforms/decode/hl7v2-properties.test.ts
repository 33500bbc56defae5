import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hl7Identity, hl7Message } from '../../../simulator/dialects/hl7v2.js';
import { jsonIdentity, jsonMessage } from '../../../simulator/dialects/json.js';
import type { Patient } from '../../../simulator/patients.js';
import { MonitorReading } from '../../../simulator/vital-signs.js';
import { decode } from '../../../transforms/decode/index.js';
import { Hl7Scanner } from '../../../pipeline/sources/hl7-scanner.js';
import { MessageCutter } from '../../../pipeline/sources/message-cutter.js';
import { became, HEART_RATE, hl7, MSH, OBR, oru, PID } from './hl7v2-messages.js';
import { messageOf } from './messages.js';

const RUNS = Number(process.env.VITALS_FUZZ_RUNS ?? 3000);

/** Values that need no guess about their unit: HL7 names it, the simulator's JSON does not. */
const vital = (min: number, max: number, digits = 0): fc.Arbitrary<number | null> => {
  const scale = 10 ** digits;
  return fc.option(fc.integer({ min: min * scale, max: max * scale }).map((value) => value / scale));
};

const readings: fc.Arbitrary<MonitorReading> = fc
  .record({
    sequence: fc.nat(),
    heart_rate: vital(-1, 400),
    respiratory_rate: vital(-1, 130),
    spo2: vital(2, 105),
    systolic_bp: vital(34, 400),
    diastolic_bp: vital(34, 400),
    temperature: vital(20, 60, 2),
    glucose: vital(0, 2100, 1),
    supplemental_oxygen: fc.boolean(),
    consciousness: fc.constantFrom('A', 'C', 'V', 'P', 'U'),
    probe_off: fc.boolean(),
    lead_off: fc.boolean(),
  })
  .map((values) => Object.assign(new MonitorReading(), values));

const label = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...'ABCxyz019._-') });
const wards = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...'AB c|^~&\u00e9\u00fc') });

describe('one reading in two dialects', () => {
  test('written as JSON and as HL7 v2 it gives canonical rows identical but for flags', () => {
    const times = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2100, 0, 1) });
    fc.assert(
      fc.property(readings, times, label, label, wards, (reading, time, patient_id, device_id, ward) => {
        const text = ward.trim() === '' ? 'W' : ward.trim();
        const patient = { patient_id, device_id, ward: text, bed: `${text}-07` } as Patient;
        const json = became(jsonMessage('M-1', jsonIdentity(patient), time, reading));
        const hl7v2 = became(hl7Message('M-1', hl7Identity(patient), time, reading));
        const rows = (from: typeof json): unknown =>
          // The dialect's own: how the reading is known, and MSH-7, which JSON may leave out.
          from.readings.map((row) => ({ ...row, flags: null, identity: '', sent_time: null }));
        expect(rows(hl7v2)).toEqual(rows(json));
        expect([...hl7v2.fields].sort()).toEqual([...json.fields].sort());
        expect(hl7v2.items).toEqual(json.items);
      }),
      { numRuns: Math.min(RUNS, 1000) },
    );
  });
});

/** Each item must end once; `became` throws when one does not. */
function checkAccounted(payload: string | Uint8Array, dialect: string | null): void {
  became(payload, { dialect });
}

describe('garbage', () => {
  const dialects = fc.constantFrom(null, 'hl7v2', 'json');

  test('messages with bytes flipped, cut out and put in are accounted for', () => {
    const valid = Buffer.from(oru(HEART_RATE, HEART_RATE.replace('78', '8388607'), 'OBX||SN|2339-0^x^LN||=^98|mg/dL'));
    const edits = fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255), fc.constantFrom('flip', 'cut', 'put')), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(edits, dialects, (list, dialect) => {
        const bytes = [...valid];
        for (const [at, byte, kind] of list) {
          if (kind === 'flip') bytes[at] = byte;
          else bytes.splice(at, kind === 'cut' ? byte : 0, ...(kind === 'put' ? [byte] : []));
        }
        checkAccounted(
          Uint8Array.from(bytes, (byte) => byte ?? 0),
          dialect,
        );
      }),
      { numRuns: RUNS },
    );
  });

  test('segments in any order, with anything in any field, are accounted for', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '|',
        '^',
        '~',
        '\\',
        '&',
        '""',
        'NM',
        'SN',
        '8867-4^^LN',
        '78',
        'D',
        '\\X',
        '\\E\\',
        '202611210700Z',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    );
    const segment = fc
      .tuple(fc.constantFrom('MSH|^~\\&|', 'PID|', 'PV1|', 'OBR|', 'OBX||', 'FHS|', 'BTS', 'ZZZ|', ''), fc.array(piece))
      .map(([name, pieces]) => name + pieces.join('|'));
    const whole = fc.constantFrom(MSH, PID, OBR, HEART_RATE);
    fc.assert(
      fc.property(fc.array(fc.oneof(segment, whole), { maxLength: 8 }), dialects, (segments, dialect) => {
        checkAccounted(hl7(MSH, ...segments), dialect);
      }),
      { numRuns: RUNS },
    );
  });

  test('decoding reads nothing but the message: the same bytes give the same items', () => {
    const text = messageOf(oru(HEART_RATE));
    expect(decode(text, { timezone: null })).toEqual(decode(text, { timezone: null }));
  });
});

const REFERENCE = join(process.cwd(), '../shared/reference/hl7v2');
const files = existsSync(REFERENCE)
  ? readdirSync(REFERENCE, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.hl7'))
      .sort()
  : [];

/** What each file becomes: the number of readings, and its item rejects (times without a zone: UTC). */
const EXPECTED: Readonly<Record<string, readonly (number | string)[]>> = {
  'monitors/ge_spo2.hl7': [1],
  'monitors/ge_vital_signs.hl7': [1],
  'monitors/loinc_unit_variants.hl7': [3],
  'monitors/mindray_egateway_pcd01.hl7': [0, '0 NO_PATIENT'],
  'monitors/northern_probe_off_sentinels.hl7': [2],
  'monitors/probe_off_8388607_status_X.hl7': [1],
  'ms-fhir-converter/ADT-A01-01.hl7': [0, '0 FORMAT'],
  'ms-fhir-converter/ADT-A02-01.hl7': [0, '0 FORMAT'],
  'ms-fhir-converter/ADT-A03-01.hl7': [0, '0 FORMAT'],
  'ms-fhir-converter/ADT-A08-01.hl7': [0, '0 FORMAT'],
  'ms-fhir-converter/LAB-ORU-1.hl7': [0, '0 NO_VITALS'],
  'ms-fhir-converter/LAB-ORU-2.hl7': [0, '0 NO_VITALS'],
  'ms-fhir-converter/ORU-R01-01.hl7': [0, '0 DATE', '1 NO_VITALS'],
  'ms-fhir-converter/ORU-R01-RMGEAD.hl7': [0, '0 NO_VITALS'],
};

(files.length === 0 ? describe.skip : describe)(
  files.length === 0 ? 'reference messages (../shared/reference/hl7v2 is not there)' : 'reference messages',
  () => {
    test.each(files.length === 0 ? ['none'] : files)('%s decodes, and every message is accounted for', (name) => {
      const cutter = new MessageCutter(new Hl7Scanner(), 1 << 20, 'parts');
      const cuts = [...cutter.push(readFileSync(join(REFERENCE, name))), ...cutter.end()];
      const payloads = cuts.map(({ payload }) => payload);
      const outcomes = payloads.map((payload) => became(payload, {}, '+00:00'));
      expect(outcomes.length).toBeGreaterThan(0);
      const result = [outcomes.flatMap(({ readings }) => readings).length, ...outcomes.flatMap(({ items }) => items)];
      expect(result).toEqual(EXPECTED[name] ?? [expect.any(Number)]);
    });
  },
);
