import type { Message } from '../../transforms/reading.js';
import { bundle, fhir, observation, quantity, vital } from '../transforms/decode/fhir-messages.js';
import { hl7, MSH, OBR, PID } from '../transforms/decode/hl7v2-messages.js';
import { messageOf } from '../transforms/decode/messages.js';

/** A case of a dialect whose message may hold several items. */
export interface DialectCase {
  readonly row: number;
  readonly rule: string;
  readonly message: Message;
  /** How each item ends: its patient, or the reason of its reject. */
  readonly ends: readonly string[];
  /** Field rejects, as `field REASON`. */
  readonly fields?: readonly string[];
  /** Flags of each reading, in order; null where it has none. */
  readonly flags?: readonly (object | null)[];
}

const of = (patient: string, id: string, change = {}) =>
  observation({ id, subject: { reference: `Patient/${patient}` }, ...change });

/** An ORU^R01 message of one observation with a code and a value. */
function obx(code: string, value: string, unit: string, status = 'F'): Message {
  return messageOf(hl7(MSH, PID, OBR, `OBX|1|NM|${code}^^LN|1.1|${value}|${unit}|||||${status}`), { dialect: 'hl7v2' });
}

const spoilt = (name: string, bad: object, end: string, fields: readonly string[] = []): DialectCase => ({
  row: 89,
  rule: `a Bundle whose second entry has ${name} loses that entry alone`,
  message: fhir(bundle(of('P1', 'a'), bad as never, of('P2', 'b'))),
  ends: ['P1', end, 'P2'],
  fields,
});

/** The table's rows about FHIR and HL7 v2, and other rows as those dialects show them. */
export const DIALECT_CASES: readonly DialectCase[] = [
  spoilt('no patient', observation({ id: 'x', subject: undefined }), 'NO_PATIENT'),
  spoilt('an impossible date', observation({ id: 'x', effectiveDateTime: '2026-02-30' }), 'DATE'),
  spoilt('a time without a zone', observation({ id: 'x', effectiveDateTime: '2026-11-21T07:20:50' }), 'NO_TZ'),
  spoilt('a path for a patient', of('..%2fetc', 'x'), 'ID'),
  spoilt('an unknown status', of('P9', 'x', { status: 'unknown' }), 'TYPE'),
  spoilt('a heart rate of 900', of('P9', 'x', { valueQuantity: quantity(900, '/min') }), 'NO_READING', [
    'heart_rate RANGE',
  ]),
  {
    row: 89,
    rule: 'an entry without a resource is refused by itself',
    message: fhir({ resourceType: 'Bundle', entry: [{ resource: observation() }, { request: { method: 'DELETE' } }] }),
    ends: ['P1', 'SHAPE'],
  },
  {
    row: 90,
    rule: 'a value that is absent with a reason is missing, and the others go through',
    message: fhir(
      bundle(
        observation(),
        vital('t', '8310-5', 0, 'Cel', { valueQuantity: undefined, dataAbsentReason: { text: 'unknown' } }),
      ),
    ),
    ends: ['P1'],
    flags: [null],
  },
  {
    row: 91,
    rule: '[degF] of a FHIR quantity is converted',
    message: fhir(vital('t', '8310-5', 98.6, '[degF]')),
    ends: ['P1'],
    flags: [{ temperature: ['F_TO_C'] }],
  },
  {
    row: 91,
    rule: 'a UCUM unit that a vital cannot have is UNIT',
    message: fhir(bundle(observation(), vital('t', '8310-5', 98.6, 'kg'))),
    ends: ['P1'],
    fields: ['temperature UNIT'],
    flags: [{ temperature: ['UNIT'] }],
  },
  {
    row: 92,
    rule: 'entered-in-error of FHIR is a tombstone',
    message: fhir(observation({ status: 'entered-in-error' })),
    ends: ['P1'],
  },
  {
    row: 92,
    rule: 'a withdrawn observation of HL7 v2 is a tombstone',
    message: obx('8867-4', '78', '/min', 'W'),
    ends: ['P000123'],
  },
  {
    row: 65,
    rule: 'a FHIR date without a time is accepted',
    message: fhir(observation({ effectiveDateTime: '2026-11-21' })),
    ends: ['P1'],
    flags: [{ event_time: ['DATE_ONLY'] }],
  },
  {
    row: 45,
    rule: 'a heart rate of 351 in HL7 v2 is RANGE',
    message: obx('8867-4', '351', '/min'),
    ends: ['NO_READING'],
    fields: ['heart_rate RANGE'],
  },
  {
    row: 49,
    rule: "a monitor's 8388607 in HL7 v2 is missing",
    message: messageOf(
      hl7(MSH, PID, OBR, 'OBX|1|NM|8867-4^^LN|1.1|8388607|/min|||||F', 'OBX|2|NM|59408-5^^LN|1.2|97|%|||||F'),
      { dialect: 'hl7v2' },
    ),
    ends: ['P000123'],
    flags: [{ heart_rate: ['SENTINEL'] }],
  },
  {
    row: 42,
    rule: 'a negative rate in HL7 v2 is RANGE',
    message: obx('9279-1', '-5', '/min'),
    ends: ['NO_READING'],
    fields: ['respiratory_rate RANGE'],
  },
];
