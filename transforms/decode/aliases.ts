import type { VitalName } from '../../schema/vitals.js';
import type { Findings } from '../findings.js';
import type { Unit } from '../units.js';
import { isWireField, WIRE_FIELDS, type WireField, type WireRecord } from './wire-record.js';

/**
 * Names that senders use instead (row 75), without case, `_`, `-`, `.` and blanks; a name that says its unit labels the
 * value. Every wire name is also its own alias, so `heartRate` and `HEART_RATE` need no entry. Only names that mean one
 * thing are here: `map`, for one, may be derived.
 */
export const ALIASES: Readonly<Record<string, { readonly field: WireField; readonly unit?: Unit }>> = {
  patient: { field: 'patient_id' },
  pid: { field: 'patient_id' },
  device: { field: 'device_id' },
  monitorid: { field: 'device_id' },
  bedid: { field: 'bed' },
  wardid: { field: 'ward' },
  timestamp: { field: 'event_time' },
  time: { field: 'event_time' },
  datetime: { field: 'event_time' },
  measuredat: { field: 'event_time' },
  recordedat: { field: 'event_time' },
  observedat: { field: 'event_time' },
  sentat: { field: 'sent_time' },
  seq: { field: 'sequence' },
  sequencenumber: { field: 'sequence' },
  hr: { field: 'heart_rate' },
  pulse: { field: 'heart_rate' },
  pulserate: { field: 'heart_rate' },
  rr: { field: 'respiratory_rate' },
  resp: { field: 'respiratory_rate' },
  resprate: { field: 'respiratory_rate' },
  respiration: { field: 'respiratory_rate' },
  respirationrate: { field: 'respiratory_rate' },
  oxygensaturation: { field: 'spo2' },
  o2sat: { field: 'spo2' },
  sys: { field: 'systolic_bp' },
  sbp: { field: 'systolic_bp' },
  systolic: { field: 'systolic_bp' },
  dia: { field: 'diastolic_bp' },
  dbp: { field: 'diastolic_bp' },
  diastolic: { field: 'diastolic_bp' },
  mbp: { field: 'mean_bp' },
  temp: { field: 'temperature' },
  bodytemperature: { field: 'temperature' },
  temperaturecelsius: { field: 'temperature', unit: 'Cel' },
  temperaturec: { field: 'temperature', unit: 'Cel' },
  tempc: { field: 'temperature', unit: 'Cel' },
  temperaturefahrenheit: { field: 'temperature', unit: '[degF]' },
  temperaturef: { field: 'temperature', unit: '[degF]' },
  tempf: { field: 'temperature', unit: '[degF]' },
  glu: { field: 'glucose' },
  bloodglucose: { field: 'glucose' },
  glucosemgdl: { field: 'glucose', unit: 'mg/dL' },
  glucosemmoll: { field: 'glucose', unit: 'mmol/L' },
  onoxygen: { field: 'supplemental_oxygen' },
  supplementalo2: { field: 'supplemental_oxygen' },
  o2flow: { field: 'oxygen_flow' },
  acvpu: { field: 'consciousness' },
  avpu: { field: 'consciousness' },
};

const BY_SPELLING = new Map<string, { readonly field: WireField; readonly unit?: Unit; readonly rank: number }>();
for (const field of WIRE_FIELDS) BY_SPELLING.set(spelling(field), { field, rank: -1 });
for (const [rank, [name, alias]] of Object.entries(ALIASES).entries()) BY_SPELLING.set(name, { ...alias, rank });

/** No alias is longer: a longer key need not be looked at. */
const LONGEST_NAME = 32;

function spelling(key: string): string {
  return key.toLowerCase().replace(/[_\-.\s]/g, '');
}

/** The wire field that a name stands for, in any case; null for an extra field. */
export function fieldOfName(name: string): WireField | null {
  if (isWireField(name)) return name;
  return name.length > LONGEST_NAME ? null : (BY_SPELLING.get(spelling(name))?.field ?? null);
}

/** The unit that a name says its value is in (`temp_f`); null when it says none. */
export function unitOfName(name: string): Unit | null {
  return name.length > LONGEST_NAME ? null : (BY_SPELLING.get(spelling(name))?.unit ?? null);
}

/** The units that member names gave. */
export type NamedUnits = Partial<Record<VitalName, Unit>>;

/**
 * Moves aliased members to their wire names, flagging ALIAS; returns the units that their names gave. A wire name that has
 * a value wins over its aliases; among aliases the earlier in the table wins, then the smaller spelling: never the order
 * of the keys, which JSON does not have. What loses, and every other name, is an extra field (row 71).
 */
export function applyAliases(record: WireRecord, extras: Record<string, unknown>, findings: Findings): NamedUnits {
  const units: NamedUnits = {};
  for (const [field, { key, unit }] of chooseAliases(record, extras)) {
    record[field] = extras[key];
    if (unit !== undefined) units[field as VitalName] = unit;
    findings.flag(field, 'ALIAS');
  }
  return units;
}

interface Choice {
  readonly key: string;
  readonly rank: number;
  readonly unit?: Unit;
}

function chooseAliases(record: WireRecord, extras: Record<string, unknown>): Map<WireField, Choice> {
  const chosen = new Map<WireField, Choice>();
  for (const key in extras) {
    if (key.length > LONGEST_NAME || isMissing(extras[key])) continue;
    const alias = BY_SPELLING.get(spelling(key));
    if (alias === undefined || !isMissing(record[alias.field])) continue;
    const rival = chosen.get(alias.field);
    const wins = rival === undefined || alias.rank < rival.rank || (alias.rank === rival.rank && key < rival.key);
    if (wins) chosen.set(alias.field, { key, ...alias });
  }
  return chosen;
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
