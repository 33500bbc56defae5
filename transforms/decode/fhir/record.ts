import type { Findings } from '../../findings.js';
import type { JsonObject } from '../parse-json.js';
import { RefusedValue } from '../refused-value.js';
import { WireRecord } from '../wire-record.js';
import { measuresOf, type Measure } from './codes.js';
import { lastIssued } from './effective.js';
import type { ObservationGroup } from './group.js';
import { objectsOf } from './members.js';
import { valueOf, type MeasuredValue } from './values.js';

type Field = Exclude<Measure, 'on_oxygen' | 'on_air' | 'panel'> | 'supplemental_oxygen';

/**
 * The flat record of a group of Observations. A field that is given twice with different values or units is refused
 * (AMBIGUOUS), and so is one whose codes contradict each other: nothing says which is right.
 */
export function recordOf(group: ObservationGroup, timezone: string | null, findings: Findings): WireRecord {
  const resources = group.observations.map(({ resource }) => resource);
  const record = new WireRecord();
  record.patient_id = group.patient;
  record.device_id = group.device;
  record.event_time = group.effective.time;
  record.status = group.status;
  record.sent_time = lastIssued(resources, timezone);
  if (group.effective.dateOnly) findings.flag('event_time', 'DATE_ONLY');
  const units: Record<string, string> = {};
  for (const [field, { value, unit }] of measuredFields(resources)) {
    if (value instanceof RefusedValue && !isNumeric(field)) findings.refuse(field, value.reason, value.detail);
    else record[field] = value;
    if (unit !== null) units[field] = unit;
  }
  record.units = units;
  return record;
}

function measuredFields(resources: readonly JsonObject[]): Map<Field, MeasuredValue> {
  const fields = new Map<Field, MeasuredValue>();
  for (const resource of resources) {
    for (const node of [resource, ...objectsOf(resource.component)]) {
      const measures = [...measuresOf(node.code)].filter((measure) => measure !== 'panel');
      for (const measure of measures) {
        const value = measures.length > 1 ? AMBIGUOUS_CODES : valueOf(node, measure);
        if (value.value !== undefined) keep(fields, fieldOf(measure), value);
      }
    }
  }
  return fields;
}

const AMBIGUOUS_CODES: MeasuredValue = {
  value: new RefusedValue('AMBIGUOUS', 'codes of more than one measure'),
  unit: null,
};

const AMBIGUOUS_VALUES: MeasuredValue = {
  value: new RefusedValue('AMBIGUOUS', 'given more than once, and differently'),
  unit: null,
};

function keep(fields: Map<Field, MeasuredValue>, field: Field, value: MeasuredValue): void {
  const first = fields.get(field);
  if (first === undefined) fields.set(field, value);
  else if (first.value !== value.value || first.unit !== value.unit) fields.set(field, AMBIGUOUS_VALUES);
}

function fieldOf(measure: Exclude<Measure, 'panel'>): Field {
  return measure === 'on_oxygen' || measure === 'on_air' ? 'supplemental_oxygen' : measure;
}

/** The flat reader refuses a refused number itself. */
function isNumeric(field: Field): boolean {
  return field !== 'consciousness' && field !== 'supplemental_oxygen';
}
