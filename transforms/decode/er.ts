import { fieldOfName, unitOfName } from './aliases.js';
import { splitBloodPressure } from './blood-pressure.js';
import type { ObjectDialect } from './dialect.js';
import { readFlat } from './flat-reading.js';
import type { JsonObject } from './parse-json.js';
import { splitTemperature } from './vital-labels.js';
import { toWireRecord, type WireRecord } from './wire-record.js';

/**
 * Flat JSON of an emergency department's system: the names of JSON v1 or their aliases, the temperature in Fahrenheit
 * unless the message says otherwise, `timestamp`, perhaps a `blood_pressure` as wearables send it, and the patient's name,
 * which is never read: the patient is `patient_id`. Undeclared it is known by that name, if it is not said to be JSON v1.
 */
export const ER: ObjectDialect = {
  kind: 'object',
  name: 'er',
  recognises: (root) => Object.hasOwn(root, 'patient_name') && !Object.hasOwn(root, 'version'),
  read: (root, context) => readFlat(erRecord(root), false, context),
};

function erRecord(root: JsonObject): WireRecord {
  const record = toWireRecord(root);
  splitBloodPressure(record);
  // The dialect's own name is no repair; other names of the time are (ALIAS).
  record.event_time ??= record.extras?.timestamp;
  if (!statesTemperatureUnit(record)) record.units = { ...unitsOf(record), temperature: '[degF]' };
  return record;
}

/** True when a label, a member's name or the value itself says in which unit the temperature is, or labels are no object. */
function statesTemperatureUnit(record: WireRecord): boolean {
  const units = unitsOf(record);
  if (units === null) return true;
  const labelled = Object.entries(units).some(([name, label]) => label !== null && fieldOfName(name) === 'temperature');
  const members = [['temperature', record.temperature] as const, ...Object.entries(record.extras ?? {})].filter(
    ([name, value]) => value !== undefined && value !== null && fieldOfName(name) === 'temperature',
  );
  return (
    labelled || members.some(([name, value]) => unitOfName(name) !== null || splitTemperature(value).unit !== null)
  );
}

/** The labels of the message; empty when it has none, null when they are no object (the flat reader refuses those). */
function unitsOf({ units }: WireRecord): Readonly<Record<string, unknown>> | null {
  if (units === undefined || units === null) return {};
  return typeof units === 'object' && !Array.isArray(units) ? (units as Record<string, unknown>) : null;
}
