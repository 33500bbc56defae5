import type { DecodedReading } from '../decode/decoded-reading.js';
import type { Findings } from '../findings.js';
import {
  FAST_BREATHING,
  FLUSH_DIASTOLIC,
  GLUCOSE_SLIP,
  LOW_SYSTOLIC,
  NARROW_PART,
  SAME_RATE_WITHIN,
} from './evidence-limits.js';

/** What is not a vital: how the patient is, and which units the message named. */
export type EvidenceContext = Pick<DecodedReading, 'consciousness' | 'units'>;

/**
 * Notes what values of one reading say about each other's sensors, as quality flags; every value is kept.
 *
 * Stands at the end of cleanse, where all vitals are in canonical units and the labels of the message are still known.
 * Costs three comparisons for nearly every reading, and allocates nothing unless it finds something. What a flag
 * does to alerts is decided later, by sensor-evidence.ts. Rejects nothing. Delivery: pure.
 */
export function noteEvidence(
  heartRate: number | null,
  respiration: number | null,
  systolic: number | null,
  diastolic: number | null,
  glucose: number | null,
  context: EvidenceContext,
  findings: Findings,
): void {
  if (respiration !== null && respiration > FAST_BREATHING && heartRate !== null) {
    noteRates(heartRate, respiration, systolic, context, findings);
  }
  if (diastolic !== null && diastolic > FLUSH_DIASTOLIC && systolic !== null) noteFlush(systolic, diastolic, findings);
  if (glucose !== null && glucose < GLUCOSE_SLIP.below) noteUnitSlip(glucose, context, findings);
}

/**
 * Breathing fast and as fast as the heart beats is the heart, counted by impedance as breaths (`CARDIAC_OVERLAY`; manuals of
 * monitors describe it). Faster than the heart beats, one of the two is not what it says (`RATE_ORDER`: motion, chest
 * compressions), and the two are swapped (`RATE_SWAP`) where the heart rate could be a breath's and the patient is alert
 * with a sound pressure. A heart rate of 0 is left alone: it may be asystole.
 */
function noteRates(
  heartRate: number,
  respiration: number,
  systolic: number | null,
  { consciousness }: EvidenceContext,
  findings: Findings,
): void {
  if (heartRate === 0 || respiration < heartRate - SAME_RATE_WITHIN) return;
  const well = consciousness === 'A' && systolic !== null && systolic > LOW_SYSTOLIC;
  if (respiration <= heartRate + SAME_RATE_WITHIN) findings.flag('respiratory_rate', 'CARDIAC_OVERLAY');
  else if (!well || heartRate > FAST_BREATHING) findings.flag('respiratory_rate', 'RATE_ORDER');
  else {
    findings.flag('heart_rate', 'RATE_SWAP');
    findings.flag('respiratory_rate', 'RATE_SWAP');
  }
}

/** A diastolic that nobody has, with hardly any pulse pressure: the line is flushed, or shut towards the patient. */
function noteFlush(systolic: number, diastolic: number, findings: Findings): void {
  if (systolic - diastolic >= NARROW_PART * systolic) return;
  findings.flag('systolic_bp', 'LINE_FLUSH');
  findings.flag('diastolic_bp', 'LINE_FLUSH');
}

function noteUnitSlip(glucose: number, { consciousness, units }: EvidenceContext, findings: Findings): void {
  if (glucose < GLUCOSE_SLIP.from || consciousness !== 'A' || units?.glucose !== undefined) return;
  findings.flag('glucose', 'UNIT_SLIP');
}
