import { gzipSync } from 'node:zlib';
import type { Flags, Message, Reading } from '../../../transforms/reading.js';
import type { Reason } from '../../../transforms/reject.js';
import { BASE, EVENT_TIME, jsonWith, jsonWithText, messageOf } from './messages.js';
import type { Settings } from './outcome.js';

/** One case of the bad-input table (docs/dead-letters.md): what comes in, and all that comes out. */
export interface BadInput {
  /** Number in the table. */
  readonly row: number;
  readonly rule: string;
  readonly message: Message;
  /** Members that were changed, where the case can also be written as CSV. */
  readonly csv?: Readonly<Record<string, unknown>>;
  readonly settings?: Settings;
  /** The item is refused whole with this reason. */
  readonly item?: Reason;
  /** Fields that are refused, as `field REASON`, in order. */
  readonly fields?: readonly string[];
  /** Part of the reading that goes through. */
  readonly reading?: Partial<Reading>;
  /** All flags of the reading; none unless given. */
  readonly flags?: Flags;
}

type Expected = Omit<BadInput, 'row' | 'rule' | 'message' | 'csv'>;

function raw(row: number, rule: string, payload: string | Uint8Array, expected: Expected): BadInput {
  return { row, rule, message: messageOf(payload), ...expected };
}

/** A member changed to a JSON value: tested as JSON and, where it is no container, as CSV. */
function change(row: number, rule: string, members: Readonly<Record<string, unknown>>, expected: Expected): BadInput {
  const flat = Object.values(members).every((value) => typeof value !== 'object' || value === null);
  return { row, rule, message: messageOf(jsonWith(members)), ...(flat ? { csv: members } : {}), ...expected };
}

/** A member changed to a JSON text that is tested as JSON only. */
function text(row: number, rule: string, field: string, json: string, expected: Expected): BadInput {
  return { row, rule, message: messageOf(jsonWithText(field, json)), ...expected };
}

const FULL = JSON.stringify(BASE);
const utf16 = (body: string): Uint8Array => Buffer.from(body, 'utf16le');
const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

const ENCODINGS: readonly BadInput[] = [
  raw(1, 'an empty payload is EMPTY', '', { item: 'EMPTY' }),
  raw(1, 'a payload of blanks is EMPTY', ' \t\r\n', { item: 'EMPTY' }),
  raw(1, 'a payload that is only a byte order mark is EMPTY', '\ufeff', { item: 'EMPTY' }),
  raw(2, 'a truncated message is SYNTAX', FULL.slice(0, -20), { item: 'SYNTAX' }),
  raw(2, 'a message truncated inside a string is SYNTAX', '{"patient_id":"P0', { item: 'SYNTAX' }),
  raw(3, 'a byte order mark is removed and flagged', `\ufeff${FULL}`, {
    reading: { heart_rate: 78 },
    flags: { message: ['BOM'] },
  }),
  raw(4, 'UTF-16 with a byte order mark is ENCODING', utf16(`\ufeff${FULL}`), { item: 'ENCODING' }),
  raw(4, 'UTF-16 without a byte order mark is ENCODING', utf16(FULL), { item: 'ENCODING' }),
  raw(4, 'big-endian UTF-16 is ENCODING', Buffer.from(utf16(FULL)).swap16(), { item: 'ENCODING' }),
  raw(5, 'a byte that is no UTF-8 is ENCODING', bytes('{"patient_id":"P', [0xff], '"}'), { item: 'ENCODING' }),
  raw(5, 'an overlong UTF-8 form is ENCODING', bytes('{"ward":"', [0xc0, 0xaf], '"}'), { item: 'ENCODING' }),
  raw(5, 'Latin-1 text is ENCODING', Buffer.from(jsonWith({ ward: 'Chirurgie Süd' }), 'latin1'), { item: 'ENCODING' }),
  text(6, 'a lone surrogate is SURROGATE', 'ward', '"\\ud800"', { item: 'SURROGATE' }),
  text(6, 'a low surrogate before a high one is SURROGATE', 'ward', '"\\udc00\\ud800"', { item: 'SURROGATE' }),
  text(6, 'an escaped pair of surrogates is a character', 'ward', '"\\ud83c\\udfe5"', { reading: { ward: '🏥' } }),
  text(6, 'a lone surrogate in an extra field is SURROGATE', 'ward', '"ICU","note":["\\udfff"]', {
    item: 'SURROGATE',
  }),
  raw(7, 'a message above 256 KB is SIZE', jsonWith({ note: 'x'.repeat(256 * 1024) }), { item: 'SIZE' }),
  raw(7, 'a message of exactly 256 KB goes through', FULL.padEnd(256 * 1024), { reading: { heart_rate: 78 } }),
  raw(8, 'gzip inside a message is COMPRESSED', gzipSync(FULL), { item: 'COMPRESSED' }),
  raw(8, 'a gzip bomb is COMPRESSED without being opened', gzipSync(Buffer.alloc(50_000_000)), {
    item: 'COMPRESSED',
  }),
  raw(9, 'two documents in one message are SYNTAX', `${FULL}${FULL}`, { item: 'SYNTAX' }),
  raw(9, 'two documents with a blank between are SYNTAX', `${FULL} ${FULL}`, { item: 'SYNTAX' }),
  raw(10, 'a comment is SYNTAX', `${FULL.slice(0, -1)} /* ok */}`, { item: 'SYNTAX' }),
  raw(10, 'a trailing comma is SYNTAX', `${FULL.slice(0, -1)},}`, { item: 'SYNTAX' }),
];

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

const DOCUMENTS: readonly BadInput[] = [
  text(11, 'nesting 17 deep is DEPTH', 'ward', `"ICU","x":${nested(16)}`, { item: 'DEPTH' }),
  text(11, 'nesting 16 deep goes through', 'ward', `"ICU","x":${nested(15)}`, { reading: { ward: 'ICU' } }),
  text(11, 'nesting 50,000 deep is DEPTH', 'ward', `"ICU","x":${nested(50_000)}`, { item: 'DEPTH' }),
  text(12, 'a key given twice is DUPKEY', 'heart_rate', '78,"heart_rate":78', { item: 'DUPKEY' }),
  text(12, 'a key given twice with blanks before the colon is DUPKEY', 'heart_rate', '78,"heart_rate"  \t: 79', {
    item: 'DUPKEY',
  }),
  text(12, 'an extra field given twice is DUPKEY', 'ward', '"ICU","note":1,"note":2', { item: 'DUPKEY' }),
  text(12, 'a key given twice in a nested object is DUPKEY', 'ward', '"ICU","units":{"spo2":"%","spo2":"%"}', {
    item: 'DUPKEY',
  }),
  text(12, 'the same key in two objects is no duplicate', 'ward', '"ICU","a":{"spo2":1},"b":[{"spo2":1}]', {
    reading: { ward: 'ICU' },
  }),
  text(12, 'a key that looks like a value is no duplicate', 'ward', '"heart_rate"', {
    reading: { ward: 'heart_rate' },
  }),
  text(12, 'a text that holds a quoted key is no duplicate', 'ward', '"\\"heart_rate\\":1"', {
    reading: { ward: '"heart_rate":1' },
  }),
  text(13, 'a duplicate hidden by an escape is DUPKEY', 'heart_rate', '78,"heart\\u005frate":79', { item: 'DUPKEY' }),
  text(14, 'a key __proto__ is PROTO', 'ward', '"ICU","__proto__":{"patient_id":"P9"}', { item: 'PROTO' }),
  text(14, 'a key __proto__ with a plain value is PROTO', 'ward', '"ICU","__proto__":1', { item: 'PROTO' }),
  text(14, 'a key __proto__ hidden by an escape is PROTO', 'ward', '"ICU","\\u005f_proto__":{}', { item: 'PROTO' }),
  text(14, 'a key __proto__ deep inside is PROTO', 'ward', '"ICU","x":[{"y":{"__proto__" :1}}]', { item: 'PROTO' }),
  text(14, 'a text __proto__ is a text', 'ward', '"__proto__"', { reading: { ward: '__proto__' } }),
  text(15, 'a key constructor is PROTO', 'ward', '"ICU","constructor":1', { item: 'PROTO' }),
  text(15, 'a key constructor hidden and nested is PROTO', 'ward', '"ICU","x":{"c\\u006fnstructor":{"prototype":1}}', {
    item: 'PROTO',
  }),
  text(16, 'a key _bsontype is RESERVED', 'ward', '"ICU","_bsontype":"ObjectID"', { item: 'RESERVED' }),
  text(16, 'a key _bsontype nested is RESERVED', 'ward', '{"_bsontype":"Code"}', { item: 'RESERVED' }),
  text(17, 'an escaped NUL in a text is CONTROL', 'ward', '"IC\\u0000U"', { item: 'CONTROL' }),
  text(17, 'an escaped NUL in a key is CONTROL', 'ward', '"ICU","a\\u0000":1', { item: 'CONTROL' }),
  text(17, 'a raw NUL is CONTROL', 'ward', '"IC\u0000U"', { item: 'CONTROL' }),
  raw(18, 'an array at the root is SHAPE', `[${FULL}]`, { item: 'SHAPE' }),
  raw(18, 'a number at the root is SHAPE', '78', { item: 'SHAPE' }),
  raw(18, 'a text at the root is SHAPE', '"P000123"', { item: 'SHAPE' }),
  raw(18, 'null at the root is SHAPE', 'null', { item: 'SHAPE' }),
  text(19, 'a literal NaN is SYNTAX', 'heart_rate', 'NaN', { item: 'SYNTAX' }),
  text(19, 'a literal -Infinity is SYNTAX', 'heart_rate', '-Infinity', { item: 'SYNTAX' }),
  text(20, '1e999 is NONFINITE and the other vitals go through', 'heart_rate', '1e999', {
    fields: ['heart_rate NONFINITE'],
    reading: { heart_rate: null, spo2: 97 },
    flags: { heart_rate: ['NONFINITE'] },
  }),
  text(20, '-1e999 is NONFINITE', 'glucose', '-1e999', {
    fields: ['glucose NONFINITE'],
    reading: { glucose: null },
    flags: { glucose: ['NONFINITE'] },
  }),
  text(21, 'a numeric patient above 2^53 is PRECISION', 'patient_id', '9007199254740993', { item: 'PRECISION' }),
  text(21, 'a numeric patient of 2^53 exactly is PRECISION', 'patient_id', '9007199254740992', { item: 'PRECISION' }),
  text(21, 'a numeric device above 2^53 is PRECISION', 'device_id', '123456789012345678', { item: 'PRECISION' }),
  text(21, 'a sequence above 2^53 is PRECISION, and the vitals go through', 'sequence', '9007199254740993', {
    fields: ['sequence PRECISION'],
    reading: { sequence: null, heart_rate: 78 },
    flags: { sequence: ['PRECISION'] },
  }),
  text(21, 'a numeric patient below 2^53 becomes text', 'patient_id', '123456', {
    reading: { patient_id: '123456' },
    flags: { patient_id: ['NUMERIC_ID'] },
  }),
  text(22, '-0 becomes 0', 'glucose', '-0', { reading: { glucose: 0 }, flags: { glucose: ['NEGATIVE_ZERO', 'ZERO'] } }),
  text(22, '-0.0 becomes 0', 'glucose', '-0.0', {
    reading: { glucose: 0 },
    flags: { glucose: ['NEGATIVE_ZERO', 'ZERO'] },
  }),
  text(22, 'a number that underflows becomes 0', 'glucose', '1e-400', {
    reading: { glucose: 0 },
    flags: { glucose: ['UNDERFLOW', 'ZERO'] },
  }),
  text(22, 'a number that underflows without an exponent becomes 0', 'glucose', `0.${'0'.repeat(400)}1`, {
    reading: { glucose: 0 },
    flags: { glucose: ['UNDERFLOW', 'ZERO'] },
  }),
  text(22, 'a denormal number becomes 0', 'glucose', '4e-320', {
    reading: { glucose: 0 },
    flags: { glucose: ['UNDERFLOW', 'ZERO'] },
  }),
  text(22, 'a zero with an exponent is a zero', 'glucose', '0e-5', {
    reading: { glucose: 0 },
    flags: { glucose: ['ZERO'] },
  }),
  text(23, 'a number of 100,000 digits is PRECISION', 'heart_rate', '7'.repeat(100_000), {
    fields: ['heart_rate PRECISION'],
    reading: { heart_rate: null, spo2: 97 },
    flags: { heart_rate: ['PRECISION'] },
  }),
  text(23, 'a fraction of 100,000 digits is PRECISION', 'spo2', `97.${'0'.repeat(100_000)}1`, {
    fields: ['spo2 PRECISION'],
    reading: { spo2: null },
    flags: { spo2: ['PRECISION'] },
  }),
  text(23, 'a patient of 100,000 digits is PRECISION', 'patient_id', '7'.repeat(100_000), { item: 'PRECISION' }),
  text(23, 'a nested number of 100,000 digits is PRECISION', 'ward', `"ICU","x":[${'7'.repeat(100_000)}]`, {
    item: 'PRECISION',
  }),
  text(23, 'a text of 100,000 digits is PRECISION', 'heart_rate', `"${'7'.repeat(100_000)}"`, {
    fields: ['heart_rate PRECISION'],
    reading: { heart_rate: null },
    flags: { heart_rate: ['PRECISION'] },
  }),
];

function refused(row: number, rule: string, field: keyof Reading, value: unknown, reason: Reason): BadInput {
  return change(
    row,
    rule,
    { [field]: value },
    {
      fields: [`${field} ${reason}`],
      reading: { [field]: null, respiratory_rate: 16 },
      flags: { [field]: [reason] },
    },
  );
}

const TYPES: readonly BadInput[] = [
  change(
    24,
    'a number in text is read',
    { heart_rate: '72' },
    {
      reading: { heart_rate: 72 },
      flags: { heart_rate: ['STRING_NUMBER'] },
    },
  ),
  change(
    24,
    'a decimal number in text is read',
    { temperature: '36.75' },
    {
      reading: { temperature: 36.75 },
      flags: { temperature: ['STRING_NUMBER'] },
    },
  ),
  change(
    24,
    'a sequence in text is read',
    { sequence: '43' },
    {
      reading: { sequence: 43 },
      flags: { sequence: ['STRING_NUMBER'] },
    },
  ),
  text(25, 'an empty text is TYPE', 'heart_rate', '""', {
    fields: ['heart_rate TYPE'],
    reading: { heart_rate: null, spo2: 97 },
    flags: { heart_rate: ['TYPE'] },
  }),
  change(26, 'null is missing, not zero', { heart_rate: null }, { reading: { heart_rate: null, spo2: 97 } }),
  refused(27, 'true for a number is TYPE', 'heart_rate', true, 'TYPE'),
  refused(27, 'an array for a number is TYPE', 'heart_rate', [5], 'TYPE'),
  refused(28, 'a hexadecimal number is TYPE', 'heart_rate', '0x1F', 'TYPE'),
  refused(29, 'a decimal comma is TYPE', 'temperature', '98,6', 'TYPE'),
  change(
    30,
    'a temperature with its unit F is converted',
    { temperature: '98.6F' },
    {
      reading: { temperature: 37 },
      flags: { temperature: ['STRING_NUMBER', 'F_TO_C'] },
    },
  ),
  change(
    30,
    'a temperature with its unit C is read',
    { temperature: '37.1 °C' },
    {
      reading: { temperature: 37.1 },
      flags: { temperature: ['STRING_NUMBER'] },
    },
  ),
  refused(30, 'a unit behind any other vital is TYPE', 'heart_rate', '72bpm', 'TYPE'),
  change(
    30,
    'a unit in the text that contradicts the label is UNIT',
    { temperature: '98.6F', units: { temperature: 'Cel' } },
    {
      fields: ['temperature UNIT'],
      reading: { temperature: null },
      flags: { temperature: ['UNIT'] },
    },
  ),
  refused(31, 'full-width digits are TYPE', 'heart_rate', '７２', 'TYPE'),
];

function labelled(row: number, rule: string, members: Readonly<Record<string, unknown>>, expected: Expected): BadInput {
  return change(row, rule, members, expected);
}

const UNITS: readonly BadInput[] = [
  labelled(
    32,
    'a temperature labelled Fahrenheit is converted',
    { temperature: 98.6, units: { temperature: '[degF]' } },
    {
      reading: { temperature: 37 },
      flags: { temperature: ['F_TO_C'] },
    },
  ),
  labelled(
    32,
    'a labelled temperature is ranged after its conversion',
    { temperature: 120, units: { temperature: '[degF]' } },
    {
      fields: ['temperature RANGE'],
      reading: { temperature: null, spo2: 97 },
      flags: { temperature: ['RANGE'] },
    },
  ),
  labelled(
    32,
    'a labelled low temperature is no guess',
    { temperature: 80, units: { temperature: '[degF]' } },
    {
      reading: { temperature: 26.67 },
      flags: { temperature: ['F_TO_C'] },
    },
  ),
  labelled(
    32,
    'a temperature labelled Celsius is not guessed to be Fahrenheit',
    { temperature: 98.6, units: { temperature: 'Cel' } },
    {
      fields: ['temperature RANGE'],
      reading: { temperature: null },
      flags: { temperature: ['RANGE'] },
    },
  ),
  change(
    33,
    'an unlabelled temperature of 95 is Fahrenheit',
    { temperature: 95 },
    {
      reading: { temperature: 35 },
      flags: { temperature: ['F_GUESS'] },
    },
  ),
  change(
    33,
    'an unlabelled temperature of 113 is Fahrenheit',
    { temperature: 113 },
    {
      reading: { temperature: 45 },
      flags: { temperature: ['F_GUESS'] },
    },
  ),
  refused(33, 'an unlabelled temperature of 94 is neither', 'temperature', 94, 'RANGE'),
  refused(34, 'an unlabelled temperature that looks like kelvin is UNIT', 'temperature', 310.15, 'UNIT'),
  labelled(
    34,
    'a temperature labelled kelvin is UNIT',
    { temperature: 310.15, units: { temperature: 'K' } },
    {
      fields: ['temperature UNIT'],
      reading: { temperature: null, spo2: 97 },
      flags: { temperature: ['UNIT'] },
    },
  ),
  change(
    35,
    'a saturation of 0.5 is a fraction',
    { spo2: 0.5 },
    { reading: { spo2: 50 }, flags: { spo2: ['FRACTION'] } },
  ),
  change(
    35,
    'a saturation of 0.97 is a fraction',
    { spo2: 0.97 },
    {
      reading: { spo2: 97 },
      flags: { spo2: ['FRACTION'] },
    },
  ),
  refused(36, 'a saturation of 1 is AMBIGUOUS', 'spo2', 1, 'AMBIGUOUS'),
  refused(36, 'a saturation of 0.3 is AMBIGUOUS', 'spo2', 0.3, 'AMBIGUOUS'),
  labelled(
    36,
    'a saturation of 1 labelled as a ratio is 100 %',
    { spo2: 1, units: { spo2: '1' } },
    {
      reading: { spo2: 100 },
      flags: { spo2: ['FRACTION'] },
    },
  ),
  labelled(
    37,
    'pressures labelled kPa are converted',
    { systolic_bp: 16, diastolic_bp: 10.6, units: { systolic_bp: 'kPa', diastolic_bp: 'kPa' } },
    {
      reading: { systolic_bp: 120, diastolic_bp: 80 },
      flags: { systolic_bp: ['KPA_TO_MMHG'], diastolic_bp: ['KPA_TO_MMHG'] },
    },
  ),
  change(
    37,
    'pressures that look like kPa are UNIT',
    { systolic_bp: 16, diastolic_bp: 10.6, mean_bp: 12.4 },
    {
      fields: ['systolic_bp UNIT', 'diastolic_bp UNIT', 'mean_bp UNIT'],
      reading: { systolic_bp: null, diastolic_bp: null, mean_bp: null, heart_rate: 78 },
      flags: { systolic_bp: ['UNIT'], diastolic_bp: ['UNIT'], mean_bp: ['UNIT'] },
    },
  ),
  change(
    37,
    'a diastolic alone that looks like kPa is UNIT',
    { systolic_bp: undefined, diastolic_bp: 10.6 },
    {
      fields: ['diastolic_bp UNIT'],
      reading: { diastolic_bp: null },
      flags: { diastolic_bp: ['UNIT'] },
    },
  ),
  change(
    37,
    'a low diastolic beside a systolic in mmHg is a value',
    { systolic_bp: 118, diastolic_bp: 15 },
    {
      reading: { diastolic_bp: 15 },
    },
  ),
  labelled(
    37,
    'a pressure labelled mmHg is never guessed to be kPa',
    { systolic_bp: 30, diastolic_bp: 15, units: { systolic_bp: 'mm[Hg]', diastolic_bp: 'mm[Hg]' } },
    {
      reading: { systolic_bp: 30, diastolic_bp: 15 },
    },
  ),
  labelled(
    91,
    'an unknown unit is UNIT',
    { glucose: 98, units: { glucose: '[in_i]' } },
    {
      fields: ['glucose UNIT'],
      reading: { glucose: null, spo2: 97 },
      flags: { glucose: ['UNIT'] },
    },
  ),
  labelled(
    91,
    'glucose labelled mmol/L is converted',
    { glucose: 5.4, units: { glucose: 'mmol/L' } },
    {
      reading: { glucose: 97.3 },
      flags: { glucose: ['MMOL_TO_MGDL'] },
    },
  ),
  labelled(
    91,
    'a unit label under an alias counts',
    { temperature: 98.6, units: { Temp: '[degF]' } },
    {
      reading: { temperature: 37 },
      flags: { temperature: ['F_TO_C'] },
    },
  ),
  labelled(
    91,
    'canonical labels and annotations change nothing',
    {
      units: { heart_rate: '{beats}/min', respiratory_rate: '/min', spo2: '%', temperature: 'Cel', glucose: 'mg/dL' },
    },
    { reading: { heart_rate: 78, spo2: 97, temperature: 36.8, glucose: 98 } },
  ),
  labelled(
    91,
    'units that are no object are TYPE, and the vitals go through',
    { units: ['Cel'] },
    {
      fields: ['units TYPE'],
      reading: { temperature: 36.8 },
      flags: { units: ['TYPE'] },
    },
  ),
];

const PHYSIOLOGY: readonly BadInput[] = [
  refused(38, 'a saturation above 100 is RANGE', 'spo2', 101, 'RANGE'),
  refused(38, 'a saturation of 100.4 is RANGE, before rounding', 'spo2', 100.4, 'RANGE'),
  change(
    39,
    'a systolic below its diastolic is BP_ORDER, and neither is kept',
    { systolic_bp: 70, diastolic_bp: 110 },
    {
      fields: ['systolic_bp BP_ORDER', 'diastolic_bp BP_ORDER'],
      reading: { systolic_bp: null, diastolic_bp: null, heart_rate: 78 },
      flags: { systolic_bp: ['BP_ORDER'], diastolic_bp: ['BP_ORDER'] },
    },
  ),
  change(
    40,
    'equal pressures are kept and flagged',
    { systolic_bp: 90, diastolic_bp: 90 },
    {
      reading: { systolic_bp: 90, diastolic_bp: 90 },
      flags: { systolic_bp: ['BP_EQUAL'] },
    },
  ),
  change(
    41,
    'a pulse pressure of 9 is kept and flagged',
    { systolic_bp: 99, diastolic_bp: 90 },
    {
      reading: { systolic_bp: 99, diastolic_bp: 90 },
      flags: { systolic_bp: ['NARROW_PULSE_PRESSURE'] },
    },
  ),
  change(
    41,
    'a pulse pressure of 10 is not flagged',
    { systolic_bp: 100, diastolic_bp: 90 },
    {
      reading: { systolic_bp: 100 },
    },
  ),
  refused(42, 'a negative heart rate is RANGE', 'heart_rate', -5, 'RANGE'),
  refused(42, 'a negative glucose is RANGE', 'glucose', -0.5, 'RANGE'),
  change(
    43,
    'a heart rate of 0 with the lead off is missing',
    { heart_rate: 0, lead_off: true },
    {
      reading: { heart_rate: null, spo2: 97 },
      flags: { heart_rate: ['PROBE_OFF'] },
    },
  ),
  change(
    43,
    'a saturation of 0 with the probe off is missing',
    { spo2: 0, probe_off: true },
    {
      reading: { spo2: null },
      flags: { spo2: ['PROBE_OFF'] },
    },
  ),
  change(
    43,
    'a heart rate of 0 with only the probe off is not excused',
    { heart_rate: 0, probe_off: true },
    {
      reading: { heart_rate: 0 },
      flags: { heart_rate: ['ASYSTOLE'] },
    },
  ),
  change(
    43,
    'a value that is not 0 stands whatever is off',
    { lead_off: true, probe_off: true },
    {
      reading: { heart_rate: 78, spo2: 97 },
    },
  ),
  change(
    44,
    'a heart rate of 0 without a lead off may be asystole',
    { heart_rate: 0 },
    {
      reading: { heart_rate: 0 },
      flags: { heart_rate: ['ASYSTOLE'] },
    },
  ),
  change(
    44,
    'a respiration of 0 is kept and flagged',
    { respiratory_rate: 0 },
    {
      reading: { respiratory_rate: 0 },
      flags: { respiratory_rate: ['ZERO'] },
    },
  ),
  refused(45, 'a heart rate above 350 is RANGE', 'heart_rate', 351, 'RANGE'),
  change(45, 'a heart rate of 350 is a value', { heart_rate: 350 }, { reading: { heart_rate: 350 } }),
  change(
    46,
    'a respiration above 120 is RANGE',
    { respiratory_rate: 121 },
    {
      fields: ['respiratory_rate RANGE'],
      reading: { respiratory_rate: null, spo2: 97 },
      flags: { respiratory_rate: ['RANGE'] },
    },
  ),
  // The heart beats faster: otherwise one of the two rates would be doubted.
  change(
    46,
    'a respiration of 120 is a value',
    { respiratory_rate: 120, heart_rate: 180 },
    { reading: { respiratory_rate: 120 } },
  ),
  refused(47, 'a systolic above 375 is RANGE', 'systolic_bp', 376, 'RANGE'),
  refused(47, 'a mean pressure above 375 is RANGE', 'mean_bp', 375.1, 'RANGE'),
  change(47, 'a systolic of 375 is a value', { systolic_bp: 375 }, { reading: { systolic_bp: 375 } }),
  refused(48, 'a temperature below 26 is RANGE', 'temperature', 25.9, 'RANGE'),
  refused(48, 'a temperature above 45 is RANGE', 'temperature', 45.1, 'RANGE'),
  refused(48, 'a temperature of -17.8 (0 F) is RANGE', 'temperature', -17.8, 'RANGE'),
  change(48, 'temperatures of 26 and 45 are values', { temperature: 26 }, { reading: { temperature: 26 } }),
  ...[-1, 255, 999, 32767, -100, 8388607].map((value) =>
    change(
      49,
      `the sentinel ${value} is missing`,
      { spo2: value },
      {
        reading: { spo2: null, heart_rate: 78 },
        flags: { spo2: ['SENTINEL'] },
      },
    ),
  ),
  change(49, 'a systolic of 255 is a value', { systolic_bp: 255 }, { reading: { systolic_bp: 255 } }),
  change(49, 'a glucose of 999 is a value', { glucose: 999 }, { reading: { glucose: 999 } }),
  labelled(
    49,
    'a sentinel in another unit is missing',
    { glucose: 255, units: { glucose: 'mmol/L' } },
    {
      reading: { glucose: null },
      flags: { glucose: ['SENTINEL'] },
    },
  ),
  change(
    49,
    'a glucose above 2,000 is RANGE',
    { glucose: 2000.1 },
    {
      fields: ['glucose RANGE'],
      reading: { glucose: null },
      flags: { glucose: ['RANGE'] },
    },
  ),
  change(49, 'a glucose of 0 is a value', { glucose: 0 }, { reading: { glucose: 0 }, flags: { glucose: ['ZERO'] } }),
];

const at = (time: number): Partial<Reading> => ({ event_time: time, heart_rate: 78 });
const SECOND = Date.UTC(2026, 10, 21, 7, 20, 50);

function timed(row: number, rule: string, value: unknown, expected: Expected): BadInput {
  return change(row, rule, { event_time: value }, { settings: { checkClock: false }, ...expected });
}

const TIMES: readonly BadInput[] = [
  timed(52, 'epoch seconds are taken for seconds', 1795245650, {
    reading: at(SECOND),
    flags: { event_time: ['TIME_SECONDS'] },
  }),
  timed(52, 'epoch seconds with a fraction are taken for seconds', 1795245650.123, {
    reading: at(EVENT_TIME),
    flags: { event_time: ['TIME_SECONDS'] },
  }),
  timed(52, 'epoch milliseconds are milliseconds', 1795245650123, { reading: at(EVENT_TIME) }),
  text(52, 'epoch seconds in text are taken for seconds', 'event_time', '"1795245650"', {
    reading: at(SECOND),
    flags: { event_time: ['TIME_SECONDS'] },
  }),
  timed(53, 'epoch microseconds are cut to milliseconds', 1795245650123456, {
    reading: at(EVENT_TIME),
    flags: { event_time: ['TIME_MICROS'] },
  }),
  text(53, 'epoch nanoseconds are cut to milliseconds', 'event_time', '1795245650123456789', {
    reading: at(EVENT_TIME),
    flags: { event_time: ['TIME_NANOS'] },
  }),
  timed(54, 'a time without a zone is NO_TZ', '2026-11-21T07:20:50.123', { item: 'NO_TZ' }),
  timed(54, 'a time without a zone takes the assumed one', '2026-11-21T07:20:50.123', {
    settings: { timezone: 'Europe/Berlin', checkClock: false },
    reading: at(EVENT_TIME - 3_600_000),
    flags: { event_time: ['TZ_ASSUMED'] },
  }),
  timed(54, 'a time without a zone takes the assumed offset', '2026-11-21 07:20:50.123', {
    settings: { timezone: '-05:30', checkClock: false },
    reading: at(EVENT_TIME + 5.5 * 3_600_000),
    flags: { event_time: ['TZ_ASSUMED'] },
  }),
  timed(54, 'no event time at all is DATE', undefined, { item: 'DATE' }),
  timed(54, 'an event time of null is DATE', null, { item: 'DATE' }),
  text(54, 'an empty event time is DATE', 'event_time', '""', { item: 'DATE' }),
  text(54, 'an event time that is an object is DATE', 'event_time', '{}', { item: 'DATE' }),
  timed(55, 'a local time that the change of clocks repeats is NO_TZ', '2026-11-01T01:30:00', {
    settings: { timezone: 'America/New_York', checkClock: false },
    item: 'NO_TZ',
  }),
  timed(55, 'a local time that the change of clocks skips is NO_TZ', '2026-03-08T02:30:00', {
    settings: { timezone: 'America/New_York', checkClock: false },
    item: 'NO_TZ',
  }),
  timed(55, 'the hour after the change of clocks is unique', '2026-11-01T02:30:00', {
    settings: { timezone: 'America/New_York', checkClock: false },
    reading: at(Date.UTC(2026, 10, 1, 7, 30)),
    flags: { event_time: ['TZ_ASSUMED'] },
  }),
  change(
    56,
    'more than 5 minutes ahead of the receiver is SKEW',
    { event_time: '2026-11-21T07:25:52.124Z' },
    {
      reading: { event_time: EVENT_TIME + 302_001 },
      flags: { event_time: ['SKEW'] },
    },
  ),
  change(
    56,
    'exactly 5 minutes ahead of the receiver is only after its publication',
    { event_time: '2026-11-21T07:25:52.123Z' },
    {
      reading: { event_time: EVENT_TIME + 302_000 },
      flags: { event_time: ['AFTER_PUBLISH'] },
    },
  ),
  change(
    56,
    'the own sent_time goes before the receive time',
    {
      event_time: '2026-11-21T09:00:00.000Z',
      sent_time: '2026-11-21T09:00:01Z',
    },
    { reading: { sent_time: Date.UTC(2026, 10, 21, 9, 0, 1) } },
  ),
  change(
    56,
    'without a check of the clock nothing is ahead',
    { event_time: '2036-01-01T00:00:00.000Z' },
    {
      settings: { checkClock: false },
      reading: { heart_rate: 78 },
    },
  ),
  change(57, 'more than 24 hours ahead is FUTURE', { event_time: '2026-11-22T07:20:52.124Z' }, { item: 'FUTURE' }),
  change(
    57,
    'exactly 24 hours ahead is SKEW',
    { event_time: '2026-11-22T07:20:52.123Z' },
    {
      reading: { heart_rate: 78 },
      flags: { event_time: ['SKEW'] },
    },
  ),
  change(
    58,
    'a late reading is accepted',
    { event_time: '2020-01-01T00:00:00.000Z' },
    {
      reading: { event_time: Date.UTC(2020, 0, 1) },
    },
  ),
  timed(59, 'second 60 is the next minute', '2026-12-31T23:59:60Z', {
    reading: at(Date.UTC(2027, 0, 1)),
    flags: { event_time: ['LEAP_SECOND'] },
  }),
  timed(59, 'second 60 in the fixed form is the next minute', '2026-12-31T23:59:60.500Z', {
    reading: at(Date.UTC(2027, 0, 1) + 500),
    flags: { event_time: ['LEAP_SECOND'] },
  }),
  timed(59, 'second 61 is DATE', '2026-12-31T23:59:61Z', { item: 'DATE' }),
  timed(60, '24:00 is the start of the next day', '2026-11-21T24:00:00Z', {
    reading: at(Date.UTC(2026, 10, 22)),
    flags: { event_time: ['HOUR_24'] },
  }),
  timed(60, '24:00 in the fixed form is the start of the next day', '2026-11-21T24:00:00.000Z', {
    reading: at(Date.UTC(2026, 10, 22)),
    flags: { event_time: ['HOUR_24'] },
  }),
  timed(60, '24:01 is DATE', '2026-11-21T24:01:00Z', { item: 'DATE' }),
  timed(61, '30 February is DATE', '2026-02-30T07:20:50Z', { item: 'DATE' }),
  timed(61, '30 February in the fixed form is DATE', '2026-02-30T07:20:50.123Z', { item: 'DATE' }),
  timed(61, '29 February is a day in a leap year only', '2028-02-29T00:00:00.000Z', {
    reading: at(Date.UTC(2028, 1, 29)),
  }),
  timed(61, '29 February is DATE in 2100', '2100-02-29T00:00:00.000Z', { item: 'DATE' }),
  timed(61, 'month 13 is DATE', '2026-13-01T00:00:00.000Z', { item: 'DATE' }),
  timed(62, '"x 2026" is DATE', 'x 2026', { item: 'DATE' }),
  timed(62, 'a date in words is DATE', 'Nov 21 2026 07:20:50 GMT', { item: 'DATE' }),
  timed(62, 'a date with slashes is DATE', '11/21/2026 07:20:50', { item: 'DATE' }),
  timed(63, 'the year 0 is DATE', '0000-11-21T07:20:50.123Z', { item: 'DATE' }),
  timed(63, 'the year 9999 is DATE', '9999-12-31T23:59:59.999Z', { item: 'DATE' }),
  timed(63, 'epoch 0 is DATE', 0, { item: 'DATE' }),
  timed(63, 'digits that are a date and no epoch are DATE', 20261121072050, { item: 'DATE' }),
  timed(64, 'an offset of +99:00 is DATE', '2026-11-21T07:20:50+99:00', { item: 'DATE' }),
  timed(64, 'an offset of +05:60 is DATE', '2026-11-21T07:20:50+05:60', { item: 'DATE' }),
  timed(64, 'an offset of -05:30 is applied', '2026-11-21T07:20:50.123-05:30', {
    reading: at(EVENT_TIME + 5.5 * 3_600_000),
  }),
  timed(65, 'a date without a time is DATE', '2026-11-21', { item: 'DATE' }),
  timed(66, 'a fraction of nanoseconds is cut to milliseconds', '2026-11-21T07:20:50.123999999Z', {
    reading: at(EVENT_TIME),
    flags: { event_time: ['TIME_NANOS'] },
  }),
  timed(66, 'a fraction of microseconds is cut to milliseconds', '2026-11-21T07:20:50.123456+00:00', {
    reading: at(EVENT_TIME),
    flags: { event_time: ['TIME_MICROS'] },
  }),
  change(
    67,
    'an event after its publication is accepted and flagged',
    { event_time: '2026-11-21T07:20:51.500Z' },
    {
      reading: { event_time: EVENT_TIME + 1377 },
      flags: { event_time: ['AFTER_PUBLISH'] },
    },
  ),
  change(
    67,
    'an unreadable sent_time is refused by itself',
    { sent_time: 'yesterday' },
    {
      fields: ['sent_time DATE'],
      reading: { sent_time: null, heart_rate: 78 },
      flags: { sent_time: ['DATE'] },
    },
  ),
];

const NO_VITALS = {
  heart_rate: null,
  respiratory_rate: null,
  spo2: null,
  systolic_bp: null,
  diastolic_bp: null,
  temperature: null,
  glucose: null,
};

const SCHEMA: readonly BadInput[] = [
  change(68, 'no patient is NO_PATIENT', { patient_id: undefined }, { item: 'NO_PATIENT' }),
  change(68, 'a patient of null is NO_PATIENT', { patient_id: null }, { item: 'NO_PATIENT' }),
  change(68, 'a patient of blanks is NO_PATIENT', { patient_id: '  ' }, { item: 'NO_PATIENT' }),
  change(
    69,
    'one vital missing is accepted',
    { respiratory_rate: undefined },
    {
      reading: { respiratory_rate: null, heart_rate: 78 },
    },
  ),
  change(70, 'all vitals missing is NO_VITALS', NO_VITALS, { item: 'NO_VITALS' }),
  change(
    70,
    'a tombstone needs no vitals',
    { ...NO_VITALS, status: 'entered-in-error' },
    {
      reading: { status: 'entered-in-error', heart_rate: null },
    },
  ),
  change(
    70,
    'altered consciousness alone goes through',
    { ...NO_VITALS, consciousness: 'U' },
    {
      reading: { consciousness: 'U' },
    },
  ),
  change(
    70,
    'vitals that were all refused are NO_READING',
    { ...NO_VITALS, heart_rate: 351, temperature: 'warm' },
    {
      item: 'NO_READING',
      fields: ['temperature TYPE', 'heart_rate RANGE'],
    },
  ),
  change(
    70,
    'vitals of which none can be read are NO_READING',
    { ...NO_VITALS, heart_rate: 'fast' },
    {
      item: 'NO_READING',
      fields: ['heart_rate TYPE'],
    },
  ),
  change(70, 'sentinels alone are NO_READING', { ...NO_VITALS, heart_rate: -1 }, { item: 'NO_READING' }),
  change(71, 'an extra field is accepted', { firmware: '2.1', note: null }, { reading: { heart_rate: 78 } }),
  change(
    71,
    'an extra field of any type is accepted',
    { waveform: { ecg: [1, 2, 3] } },
    { reading: { heart_rate: 78 } },
  ),
  change(72, 'another major version is VERSION', { version: 2 }, { item: 'VERSION' }),
  change(72, 'version 0 is VERSION', { version: 0 }, { item: 'VERSION' }),
  change(72, 'a version that is no number is VERSION', { version: 'latest' }, { item: 'VERSION' }),
  change(73, 'a newer minor version is accepted', { version: 1.7 }, { reading: { heart_rate: 78 } }),
  change(73, 'a newer minor version in text is accepted', { version: '1.12' }, { reading: { heart_rate: 78 } }),
  change(73, 'no version means 1', { version: undefined }, { reading: { heart_rate: 78 } }),
  refused(74, 'an object for a number is TYPE', 'heart_rate', { value: 78, unit: '/min' }, 'TYPE'),
  refused(74, 'a word that is no truth value is TYPE', 'supplemental_oxygen', 'yes', 'TYPE'),
  refused(74, 'a 1 for a truth value is TYPE', 'supplemental_oxygen', 1, 'TYPE'),
  change(
    74,
    'a truth value in text is read',
    { supplemental_oxygen: 'true' },
    {
      reading: { supplemental_oxygen: true },
      flags: { supplemental_oxygen: ['STRING_BOOLEAN'] },
    },
  ),
  refused(74, 'a consciousness outside ACVPU is TYPE', 'consciousness', 'X', 'TYPE'),
  refused(74, 'an SpO2 scale of 3 is TYPE', 'spo2_scale', 3, 'TYPE'),
  change(74, 'an unknown status refuses the item', { status: 'registered' }, { item: 'TYPE' }),
  change(
    75,
    'a name in camel case is read',
    { heart_rate: undefined, heartRate: 81 },
    {
      reading: { heart_rate: 81 },
      flags: { heart_rate: ['ALIAS'] },
    },
  ),
  change(
    75,
    'a name in capitals is read',
    { patient_id: undefined, PATIENT_ID: 'P9' },
    {
      reading: { patient_id: 'P9' },
      flags: { patient_id: ['ALIAS'] },
    },
  ),
  change(
    75,
    'a known other name is read',
    { respiratory_rate: undefined, rr: 17, event_time: undefined, timestamp: BASE.event_time },
    {
      reading: { respiratory_rate: 17, event_time: EVENT_TIME },
      flags: { event_time: ['ALIAS'], respiratory_rate: ['ALIAS'] },
    },
  ),
  change(
    75,
    'a name that says its unit labels the value',
    { temperature: undefined, temp_f: 98.6 },
    {
      reading: { temperature: 37 },
      flags: { temperature: ['ALIAS', 'F_TO_C'] },
    },
  ),
  change(75, 'the wire name wins over its alias', { pulse: 55 }, { reading: { heart_rate: 78 } }),
];

const IDENTITY: readonly BadInput[] = [
  change(
    76,
    'a decomposed id is composed',
    { patient_id: 'Rene\u0301' },
    {
      reading: { patient_id: 'Ren\u00e9' },
      flags: { patient_id: ['NFC'] },
    },
  ),
  change(77, 'a bidirectional control in an id is ID', { patient_id: 'P1\u202e2' }, { item: 'ID' }),
  change(77, 'a zero-width character in an id is ID', { patient_id: 'P1\u200b2' }, { item: 'ID' }),
  change(77, 'a zero-width character in a device is ID', { device_id: 'MON\u2060' }, { item: 'ID' }),
  change(
    77,
    'an invisible character in a ward is refused by itself',
    { ward: 'IC\u200dU' },
    {
      fields: ['ward ID'],
      reading: { ward: null, heart_rate: 78 },
      flags: { ward: ['ID'] },
    },
  ),
  change(78, '../ in an id is ID', { patient_id: '../../etc/passwd' }, { item: 'ID' }),
  change(78, '.. as an id is ID', { patient_id: '..' }, { item: 'ID' }),
  change(79, 'percent-encoding in an id is ID', { patient_id: '%2e%2e' }, { item: 'ID' }),
  change(79, 'a backslash in an id is ID', { patient_id: '..\\P1' }, { item: 'ID' }),
  change(80, 'a/b as an id is ID', { patient_id: 'a/b' }, { item: 'ID' }),
  change(80, 'an absolute path as an id is ID', { device_id: '/dev/null' }, { item: 'ID' }),
  change(80, 'k=v as an id is ID', { patient_id: 'event_date=2026-11-21' }, { item: 'ID' }),
  change(81, 'an id of 300 characters is ID', { patient_id: 'P'.repeat(300) }, { item: 'ID' }),
  change(
    81,
    'an id of 128 characters is an id',
    { patient_id: 'P'.repeat(128) },
    { reading: { patient_id: 'P'.repeat(128) } },
  ),
  change(
    82,
    'SQL text is accepted',
    { patient_id: "'; DROP TABLE patients; --" },
    {
      reading: { patient_id: "'; DROP TABLE patients; --" },
    },
  ),
  change(
    83,
    'a formula is accepted',
    { patient_id: "=cmd|' /C calc'!A0" },
    { reading: { patient_id: "=cmd|' /C calc'!A0" } },
  ),
  change(
    84,
    'markup is accepted',
    { patient_id: '<script>alert(1)</script>' },
    {
      reading: { patient_id: '<script>alert(1)</script>' },
    },
  ),
  change(
    84,
    'markup in a ward is accepted',
    { ward: '<img src=x onerror=alert(1)>' },
    {
      reading: { ward: '<img src=x onerror=alert(1)>' },
    },
  ),
  text(85, 'line breaks in text are accepted', 'ward', '"ICU\\r\\nevent: x\\u2028"', {
    reading: { ward: 'ICU\r\nevent: x\u2028' },
  }),
  text(85, 'an escape character in an id is CONTROL', 'patient_id', '"P1\\u001b[31m"', { item: 'CONTROL' }),
];

const FORMATS: readonly BadInput[] = [
  {
    row: 92,
    rule: 'HL7 v2 pipes on the JSON path are FORMAT',
    message: messageOf('MSH|^~\\&|MON|ICU|||20261121072050||ORU^R01|1|P|2.5\rPID|1', { dialect: 'json' }),
    item: 'FORMAT',
  },
  {
    row: 92,
    rule: 'HL7 v2 pipes declared as JSON are FORMAT',
    message: messageOf('\u000bMSH|^~\\&|', { dialect: 'json' }),
    item: 'FORMAT',
  },
  {
    row: 92,
    rule: 'a dialect that nobody knows is FORMAT',
    message: messageOf(FULL, { dialect: 'edifact' }),
    item: 'FORMAT',
  },
  change(
    92,
    'entered-in-error is a tombstone',
    { status: 'entered-in-error' },
    {
      reading: { status: 'entered-in-error', heart_rate: 78 },
    },
  ),
];

/** Every case; a row of the table may have several. */
export const BAD_INPUTS: readonly BadInput[] = [
  ...ENCODINGS,
  ...DOCUMENTS,
  ...TYPES,
  ...UNITS,
  ...PHYSIOLOGY,
  ...TIMES,
  ...SCHEMA,
  ...IDENTITY,
  ...FORMATS,
];
