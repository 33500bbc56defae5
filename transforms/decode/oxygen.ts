import type { Findings } from '../findings.js';
import { readBoolean, readNumber } from './numbers.js';
import type { WireRecord } from './wire-record.js';

/** Oxygen in air, percent: more than this is supplemental. */
export const FIO2_OF_AIR = 21;

/** Above any flow meter at a bedside (high-flow nasal oxygen reaches 60-80 L/min). */
export const LARGEST_OXYGEN_FLOW = 100;

/**
 * Whether the patient is on supplemental oxygen: as stated, else from `oxygen_flow` (L/min) or `fio2` (%; 0.21-1 is taken
 * as a fraction), flagged DERIVED. What is stated wins; when flow or FiO2 say otherwise it is flagged OXYGEN_CONFLICT.
 * Refuses single fields: TYPE, RANGE, NONFINITE, PRECISION.
 */
export function readOxygen(root: WireRecord, textual: boolean, findings: Findings): boolean | null {
  const stated = readBoolean(root.supplemental_oxygen, 'supplemental_oxygen', textual, findings);
  const given = root.oxygen_flow ?? root.fio2 ?? null;
  const derived = given === null ? null : deriveOxygen(root, textual, findings);
  if (derived === null || derived === stated) return stated;
  findings.flag('supplemental_oxygen', stated === null ? 'DERIVED' : 'OXYGEN_CONFLICT');
  return stated ?? derived;
}

function deriveOxygen(root: WireRecord, textual: boolean, findings: Findings): boolean | null {
  const flow = readFlow(root.oxygen_flow, textual, findings);
  const fio2 = readFio2(root.fio2, textual, findings);
  if (flow === null && fio2 === null) return null;
  return (flow ?? 0) > 0 || (fio2 ?? FIO2_OF_AIR) > FIO2_OF_AIR;
}

function readFlow(value: unknown, textual: boolean, findings: Findings): number | null {
  const flow = readNumber(value, 'oxygen_flow', textual, findings);
  if (flow === null || (flow >= 0 && flow <= LARGEST_OXYGEN_FLOW)) return flow;
  return findings.refuse('oxygen_flow', 'RANGE', 'outside 0-100 L/min');
}

function readFio2(value: unknown, textual: boolean, findings: Findings): number | null {
  const fio2 = readNumber(value, 'fio2', textual, findings);
  if (fio2 === null || (fio2 >= FIO2_OF_AIR && fio2 <= 100)) return fio2;
  if (fio2 < FIO2_OF_AIR / 100 || fio2 > 1) return findings.refuse('fio2', 'RANGE', 'outside 21-100 %');
  findings.flag('fio2', 'FRACTION');
  return fio2 * 100;
}
