import { splitBloodPressure } from './blood-pressure.js';
import type { ObjectDialect } from './dialect.js';
import { readFlat } from './flat-reading.js';
import type { JsonObject } from './parse-json.js';
import { toWireRecord } from './wire-record.js';

/**
 * JSON of a wearable: `timestamp`, `respiration_rate`, and `blood_pressure` as an object or as `120/80`; everything else
 * by the names of JSON v1 or their aliases, in its units. Undeclared it is known by its `blood_pressure`; without one
 * JSON v1 reads the same from it.
 */
export const WEARABLE: ObjectDialect = {
  kind: 'object',
  name: 'wearable',
  recognises: (root) => Object.hasOwn(root, 'blood_pressure'),
  read: (root, context) => readFlat(wearableRecord(root), false, context),
};

function wearableRecord(root: JsonObject): ReturnType<typeof toWireRecord> {
  const record = toWireRecord(root);
  splitBloodPressure(record);
  // The dialect's own names are no repair; other names of the same fields are (ALIAS).
  const { extras } = record;
  record.event_time ??= extras?.timestamp;
  record.respiratory_rate ??= extras?.respiration_rate;
  return record;
}
