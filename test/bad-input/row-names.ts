/** What the contract says of a row: D dead letter, R repaired and flagged, Q accepted and flagged, A accepted, S suppressed. */
export type Treatment = 'D' | 'R' | 'Q' | 'A' | 'S';

/** A row of the bad-input table: its number, what comes in, and what happens, as the title of its test says it. */
export interface TableRow {
  readonly row: number;
  readonly group: string;
  readonly name: string;
  readonly treatment: Treatment;
  readonly outcome: string;
}

const rows: TableRow[] = [];

/** Names the rows of a group in their order: what comes in, how it is treated, what happens. */
function group(
  name: string,
  ...named: readonly (readonly [name: string, treatment: Treatment, outcome: string])[]
): void {
  for (const [what, treatment, outcome] of named) {
    rows.push({ row: rows.length + 1, group: name, name: what, treatment, outcome });
  }
}

group(
  'Bytes',
  ['empty payload, blank line', 'D', 'rejected EMPTY'],
  ['truncated', 'D', 'rejected SYNTAX'],
  ['byte order mark', 'R', 'removed, flag BOM'],
  ['UTF-16', 'D', 'rejected ENCODING'],
  ['invalid UTF-8', 'D', 'rejected ENCODING'],
  ['lone surrogate', 'D', 'rejected SURROGATE'],
  ['more than 256 KB', 'D', 'rejected SIZE'],
  ['compressed, a bomb too', 'D', 'rejected COMPRESSED, never opened'],
  ['two documents', 'D', 'rejected SYNTAX'],
  ['comment, trailing comma', 'D', 'rejected SYNTAX'],
);
group(
  'JSON',
  ['nested more than 16 deep', 'D', 'rejected DEPTH'],
  ['a key given twice', 'D', 'rejected DUPKEY'],
  ['a key given twice, once escaped', 'D', 'rejected DUPKEY'],
  ['`__proto__`', 'D', 'rejected PROTO'],
  ['`constructor`', 'D', 'rejected PROTO'],
  ['`_bsontype`', 'D', 'rejected RESERVED'],
  ['NUL in a key or a text', 'D', 'rejected CONTROL'],
  ['array or scalar at the root', 'D', 'rejected SHAPE'],
  ['literal NaN or Infinity', 'D', 'rejected SYNTAX'],
  ['`1e999`', 'D', 'rejected NONFINITE, the other vitals go through'],
  ['numeric id above 2^53', 'D', 'rejected PRECISION'],
  ['-0, underflow', 'R', '0, flag NEGATIVE_ZERO or UNDERFLOW'],
  ['a number of 100,000 digits', 'D', 'rejected PRECISION'],
);
group(
  'Types',
  ['a number in text', 'R', 'read, flag STRING_NUMBER'],
  ['empty text for a number', 'D', 'rejected TYPE, the other vitals go through'],
  ['null', 'A', 'missing, never zero'],
  ['true or a list for a number', 'D', 'rejected TYPE, the other vitals go through'],
  ['`0x1F`', 'D', 'rejected TYPE, the other vitals go through'],
  ['`98,6`', 'D', 'rejected TYPE, the other vitals go through'],
  ['`98.6F`: a temperature with its unit', 'R', 'converted, flags STRING_NUMBER and F_TO_C'],
  ['full-width digits', 'D', 'rejected TYPE, the other vitals go through'],
);
group(
  'Units',
  ['labelled Fahrenheit', 'R', 'converted, then ranged, flag F_TO_C'],
  ['95-113 without a label', 'R', 'taken for Fahrenheit, flag F_GUESS'],
  ['kelvin', 'D', 'rejected UNIT, the other vitals go through'],
  ['SpO2 from 0.5 to below 1', 'R', 'taken for a fraction, flag FRACTION'],
  ['SpO2 of 1', 'D', 'rejected AMBIGUOUS, the other vitals go through'],
  ['pressure in kPa', 'R', 'labelled: converted, flag KPA_TO_MMHG; not labelled: rejected UNIT'],
);
group(
  'Physiology',
  ['SpO2 above 100', 'D', 'rejected RANGE, the other vitals go through'],
  ['systolic below diastolic', 'D', 'both rejected BP_ORDER, never swapped'],
  ['systolic equal to diastolic', 'Q', 'kept, flag BP_EQUAL'],
  ['pulse pressure below 10', 'Q', 'kept, flag NARROW_PULSE_PRESSURE'],
  ['negative value', 'D', 'rejected RANGE, the other vitals go through'],
  ['0 with the sensor off', 'R', 'missing, flag PROBE_OFF'],
  ['heart rate of 0 without a lead off', 'Q', 'kept, flag ASYSTOLE, an alarm'],
  ['heart rate above 350', 'D', 'rejected RANGE, the other vitals go through'],
  ['respiration above 120', 'D', 'rejected RANGE, the other vitals go through'],
  ['pressure above 375', 'D', 'rejected RANGE, the other vitals go through'],
  ['temperature outside 26-45 C', 'D', 'rejected RANGE, the other vitals go through'],
  ["a device's sentinel", 'R', 'missing, flag SENTINEL, only where it is no possible value'],
  ['flat line', 'Q', 'kept in silver, found by gold.vital_artefacts'],
  ['implausible jump', 'Q', 'kept in silver, found by gold.vital_artefacts'],
);
group(
  'Time',
  ['epoch seconds', 'R', 'read, flag TIME_SECONDS'],
  ['epoch microseconds, nanoseconds', 'R', 'cut to ms, flag TIME_MICROS or TIME_NANOS'],
  ['no zone', 'D', 'rejected NO_TZ; with --timezone read, flag TZ_ASSUMED; no time at all: DATE'],
  ['a local time that is not unique', 'D', 'rejected NO_TZ'],
  ['more than 5 minutes ahead', 'Q', 'kept, flag SKEW'],
  ['more than 24 hours ahead', 'D', 'rejected FUTURE'],
  ['late', 'A', 'accepted, merged into its window'],
  ['second 60', 'R', 'the next minute, flag LEAP_SECOND'],
  ['24:00', 'R', 'the next day, flag HOUR_24'],
  ['30 February', 'D', 'rejected DATE'],
  ['`x 2026`', 'D', 'rejected DATE'],
  ['year 0 or 9999', 'D', 'rejected DATE'],
  ['offset +99:00', 'D', 'rejected DATE'],
  ['a date without a time', 'D', 'rejected DATE; FHIR: accepted, flag DATE_ONLY'],
  ['a fraction of nanoseconds', 'R', 'cut to ms, flag TIME_NANOS'],
  ['event after its publication', 'Q', 'kept, flag AFTER_PUBLISH'],
);
group(
  'Schema',
  ['no patient', 'D', 'rejected NO_PATIENT; vitals score numbers CSV rows'],
  ['one vital missing', 'A', 'accepted'],
  ['all vitals missing', 'D', 'rejected NO_VITALS'],
  ['extra field', 'A', 'accepted, in bronze only'],
  ['unknown major version', 'D', 'rejected VERSION'],
  ['newer minor version', 'A', 'accepted'],
  ['object for a number', 'D', 'rejected TYPE, the other vitals go through'],
  ['a name in other case, another name', 'R', 'read, flag ALIAS'],
);
group(
  'Identity, injection',
  ['decomposed letters in an id', 'R', 'composed, flag NFC'],
  ['bidirectional or zero-width character in an id', 'D', 'rejected ID'],
  ['`../` in an id', 'D', 'rejected ID'],
  ['`%2e`, backslash in an id', 'D', 'rejected ID'],
  ['`a/b`, `k=v` as an id', 'D', 'rejected ID'],
  ['id of 300 characters', 'D', 'rejected ID'],
  ['SQL in a text', 'A', 'accepted: values are bound, never pasted'],
  ['a formula in a text', 'A', 'accepted: escaped when it is exported as CSV'],
  ['markup in a text', 'A', 'accepted: shown as text'],
  ['line breaks in a text', 'A', 'accepted: encoded as JSON; other controls in an id are CONTROL'],
);
group(
  'Delivery',
  ['delivered again', 'S', 'suppressed and counted'],
  ['same reading, other content', 'Q', 'a version, the loser also a dead letter (CONFLICT)'],
  [
    "a device's counter starts again",
    'Q',
    'accepted: another reading, neither repeat nor conflict; gold.sequence_resets shows it',
  ],
);
group(
  'FHIR, HL7',
  ['Bundle', 'R', 'split: a bad entry costs that entry alone'],
  ['value absent with a reason', 'A', 'missing'],
  ['unit that is not known', 'D', 'rejected UNIT, the other vitals go through; `[degF]` is converted'],
  ['`entered-in-error`; HL7 v2 declared as JSON', 'A', 'a tombstone; rejected FORMAT'],
);

/** The table of RELIABILITY.md, all 92 rows in their order. */
export const TABLE: readonly TableRow[] = rows;
