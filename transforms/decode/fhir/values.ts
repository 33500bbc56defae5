import type { JsonObject } from '../parse-json.js';
import { RefusedValue } from '../refused-value.js';
import { acvpuOf, type Measure } from './codes.js';
import { asObject, textOf } from './members.js';

/** A value as the flat reader takes it; `value` undefined is missing. */
export interface MeasuredValue {
  readonly value: unknown;
  readonly unit: string | null;
}

const UCUM = 'http://unitsofmeasure.org';
const MISSING: MeasuredValue = { value: undefined, unit: null };

/** Units of the two measures that are no vitals: the flat reader knows no labels for them. */
const OXYGEN_UNITS: Readonly<Partial<Record<Measure, readonly string[]>>> = {
  oxygen_flow: ['L/min', 'l/min'],
  fio2: ['%', '1'],
};

/**
 * The value of an Observation or a component. Without one it is missing, whether a `dataAbsentReason` says why or not.
 * Refuses: TYPE (a bound such as `<70`, a value beside a reason for its absence), UNIT (of a flow or an FiO2; units of
 * vitals are the flat reader's to judge).
 */
export function valueOf(node: JsonObject, measure: Measure): MeasuredValue {
  const types = Object.keys(node).filter((name) => /^value[A-Z]/.test(name) && (node[name] ?? null) !== null);
  const absent = (node.dataAbsentReason ?? null) !== null;
  if (absent) return types.length === 0 ? MISSING : refused('TYPE', 'a value, and a reason why there is none');
  if (measure === 'on_oxygen' || measure === 'on_air') return oxygenFinding(node, types, measure);
  if (types.length > 1) return refused('TYPE', 'more than one value');
  const [type] = types;
  if (type === undefined) return MISSING;
  if (type === 'valueQuantity') return quantity(node.valueQuantity, measure);
  if (type === 'valueCodeableConcept' && measure === 'consciousness') {
    return { value: acvpuOf(node.valueCodeableConcept) ?? '', unit: null };
  }
  return { value: node[type], unit: null };
}

/** "Patient on oxygen" and "breathing room air" are true by being there, unless a Boolean says otherwise. */
function oxygenFinding(node: JsonObject, types: readonly string[], measure: Measure): MeasuredValue {
  const stated = types.length === 0 ? true : node.valueBoolean;
  if (typeof stated !== 'boolean') return refused('TYPE', 'neither true nor false');
  return { value: stated === (measure === 'on_oxygen'), unit: null };
}

function quantity(value: unknown, measure: Measure): MeasuredValue {
  const read = asObject(value);
  if (read === null) return refused('TYPE', 'not a quantity');
  if ((read.comparator ?? null) !== null) return refused('TYPE', 'a bound, not a value');
  const unit = unitOf(read);
  const allowed = OXYGEN_UNITS[measure];
  if (allowed !== undefined && unit !== null && !allowed.includes(unit)) {
    return refused('UNIT', 'labelled with a unit that it cannot have');
  }
  return { value: read.value ?? undefined, unit };
}

/** The UCUM code; the words for people only where there is no such code. */
function unitOf(quantity: JsonObject): string | null {
  const { system, code, unit } = quantity;
  const coded = system === UCUM || system === undefined || system === null ? textOf(code) : null;
  return coded ?? textOf(unit) ?? textOf(code);
}

function refused(reason: 'TYPE' | 'UNIT', detail: string): MeasuredValue {
  return { value: new RefusedValue(reason, detail), unit: null };
}
