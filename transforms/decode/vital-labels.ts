import { VITAL_NAMES, type VitalName } from '../../schema/vitals.js';
import type { Findings } from '../findings.js';
import { unitOf, type Unit } from '../units.js';
import { fieldOfName, type NamedUnits } from './aliases.js';
import type { VitalUnits } from './decoded-reading.js';
import { readNumber } from './numbers.js';

/** The unit of each labelled vital; null where the label is none that the vital can have. */
export type VitalLabels = Partial<Record<VitalName, Unit | null>>;

/** `98.6F`, `37.0 C`, `98.6 °F`: the one vital that people write with its unit (row 30). */
const TEMPERATURE_WITH_UNIT = /^(-?\d+(?:\.\d+)?) ?\u00b0?([FC])$/;

/**
 * Collects the units that came with the vitals: from the `units` member (names or aliases to UCUM codes), from member
 * names (`temp_f`), and from a temperature written with its unit. Null when there are none: the usual case.
 * Refuses `units` itself when it is no object (TYPE); then every vital counts as unlabelled.
 */
export function readLabels(
  member: unknown,
  named: NamedUnits | null,
  textual: boolean,
  findings: Findings,
): VitalLabels | null {
  const labels: VitalLabels = { ...named };
  const units = textual ? parsedCell(member) : member;
  if (typeof units === 'object' && units !== null && !Array.isArray(units)) {
    for (const [name, label] of Object.entries(units)) {
      const vital = fieldOfName(name) as VitalName;
      if (label === null || !VITAL_NAMES.includes(vital)) continue;
      const unit = typeof label === 'string' ? unitOf(vital, label.trim()) : null;
      // A name that says its unit and a label that says another contradict each other.
      labels[vital] = (labels[vital] ?? unit) === unit ? unit : null;
    }
  } else if (units !== undefined && units !== null) {
    findings.refuse('units', 'TYPE', 'not an object of UCUM codes');
  }
  for (const _ in labels) return labels;
  return null;
}

/** A CSV cell can hold `units` only as JSON text; anything else is refused as it stands. */
function parsedCell(cell: unknown): unknown {
  if (typeof cell !== 'string') return cell;
  try {
    return JSON.parse(cell) as unknown;
  } catch {
    return cell;
  }
}

/** Reads one vital as its source gave it. Refuses the field: UNIT, TYPE, NONFINITE, PRECISION. */
export function readVital(
  vital: VitalName,
  value: unknown,
  labels: VitalLabels | null,
  textual: boolean,
  findings: Findings,
): number | null {
  if (value === undefined || value === null) return null;
  if (labels !== null && labels[vital] === null) {
    return findings.refuse(vital, 'UNIT', 'labelled with a unit that it cannot have');
  }
  return readNumber(value, vital, textual, findings);
}

/** A temperature text with its unit, taken apart. */
export interface TemperatureText {
  readonly value: unknown;
  readonly unit: Unit | null;
}

/** Splits `98.6F` into `98.6` and `[degF]`; anything else is returned as it is, without a unit. */
export function splitTemperature(value: unknown): TemperatureText {
  const match = typeof value === 'string' && value.length < 32 ? TEMPERATURE_WITH_UNIT.exec(value.trim()) : null;
  return match === null ? { value, unit: null } : { value: match[1], unit: match[2] === 'F' ? '[degF]' : 'Cel' };
}

/** The labels of vitals that were not refused. */
export function knownUnits(labels: VitalLabels | null): VitalUnits | null {
  if (labels === null) return null;
  const units: Partial<Record<VitalName, Unit>> = {};
  for (const vital of VITAL_NAMES) {
    const unit = labels[vital];
    if (unit !== undefined && unit !== null) units[vital] = unit;
  }
  return units;
}
