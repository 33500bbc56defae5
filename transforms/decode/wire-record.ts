import { isPrototypeKey } from './strict-json.js';
import type { JsonObject } from './parse-json.js';

/**
 * A flat record (a JSON v1 object, a CSV row) by the names of INTERFACES.md. One class, so that every record has the same
 * hidden shape and reading it stays fast; undefined and null both mean missing. Values are of any type until read.
 */
export class WireRecord {
  version: unknown = undefined;
  patient_id: unknown = undefined;
  device_id: unknown = undefined;
  ward: unknown = undefined;
  bed: unknown = undefined;
  event_time: unknown = undefined;
  sent_time: unknown = undefined;
  sequence: unknown = undefined;
  status: unknown = undefined;
  heart_rate: unknown = undefined;
  respiratory_rate: unknown = undefined;
  spo2: unknown = undefined;
  systolic_bp: unknown = undefined;
  diastolic_bp: unknown = undefined;
  mean_bp: unknown = undefined;
  temperature: unknown = undefined;
  glucose: unknown = undefined;
  supplemental_oxygen: unknown = undefined;
  oxygen_flow: unknown = undefined;
  fio2: unknown = undefined;
  consciousness: unknown = undefined;
  spo2_scale: unknown = undefined;
  units: unknown = undefined;
  lead_off: unknown = undefined;
  probe_off: unknown = undefined;
  /** Given by the source's bronze row, not read here. */
  message_id: unknown = undefined;
  /** The canonical reading's own repairs: not read back. */
  flags: unknown = undefined;
  /** Members under any other name (aliases, extra fields); null when there are none. */
  extras: Record<string, unknown> | null = null;
}

export type WireField = Exclude<keyof WireRecord, 'extras'>;

/** Every name that a flat record knows. */
export const WIRE_FIELDS: readonly WireField[] = Object.keys(new WireRecord()).filter(
  (name): name is WireField => name !== 'extras',
);

const FIELDS: ReadonlySet<string> = new Set(WIRE_FIELDS);

export function isWireField(name: string): name is WireField {
  return FIELDS.has(name);
}

/** Sets a member, under whatever name it came. The caller has made sure that no name comes twice or reaches a prototype. */
export function setMember(record: WireRecord, name: string, value: unknown): void {
  if (FIELDS.has(name)) record[name as WireField] = value;
  else if (!isPrototypeKey(name)) (record.extras ??= {})[name] = value;
}

/** The flat record of a parsed JSON object. */
export function toWireRecord(root: JsonObject): WireRecord {
  const record = new WireRecord();
  for (const name in root) setMember(record, name, root[name]);
  return record;
}
