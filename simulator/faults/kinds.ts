import { cardiacOverlay, leadOff } from './leads.js';
import { DAY, HOUR, MINUTE, SECOND, type FaultKind } from './distortion.js';
import { flatLine } from './flat-line.js';
import { motion, probeOff } from './oximeter.js';
import { cuffLeak } from './cuff.js';
import { absent } from './absent.js';
import { glucoseInMillimoles, temperatureInFahrenheit } from './unit-slip.js';

/**
 * What befalls every bedside monitor, in the order in which it is applied: a sensor that is off hides everything else.
 * Which kinds exist is seen in real data (zeros, sentinels, damped and frozen values, 0 F: CLINICAL.md); how often they
 * come is plausible, and low enough that a vital is missing or wrong in a few of a hundred readings.
 */
export const MONITOR_FAULTS: readonly FaultKind[] = [
  fault(null, 'no respiration', 5 * HOUR, 1 * MINUTE, 12 * MINUTE, () => absent('respiratory_rate')),
  fault(null, 'no temperature', 14 * HOUR, 2 * MINUTE, 20 * MINUTE, () => absent('temperature')),
  fault(null, 'no pressure', 10 * HOUR, 1 * MINUTE, 10 * MINUTE, () => absent('systolic_bp', 'diastolic_bp')),
  fault('motion', 'motion', 6 * HOUR, 10 * SECOND, 1 * MINUTE, motion),
  fault('cuff_leak', 'cuff leak', 3 * DAY, 4 * MINUTE, 15 * MINUTE, cuffLeak),
  fault('cardiac_overlay', 'cardiac overlay', 4 * DAY, 2 * MINUTE, 10 * MINUTE, cardiacOverlay),
  fault('flat_line', 'flat line', 2 * DAY, 3 * MINUTE, 15 * MINUTE, flatLine),
  fault('unit_slip', 'temperature unit', 40 * DAY, 20 * MINUTE, 2 * HOUR, temperatureInFahrenheit),
  fault('unit_slip', 'glucose unit', 60 * DAY, 4 * HOUR, 16 * HOUR, glucoseInMillimoles),
  fault('probe_off', 'probe off', 8 * HOUR, 20 * SECOND, 5 * MINUTE, probeOff),
  fault('lead_off', 'lead off', 18 * HOUR, 20 * SECOND, 4 * MINUTE, leadOff),
];

/**
 * What befalls a wireless patch besides: the radio is out of reach (about 15 % of the time), or it counts heart beats but not
 * breaths (10 % more). Breteler, Anesthesiology 2020, lost 6-27 % of the hours of heart rate and 13-34 % of respiration.
 */
export const WIRELESS_FAULTS: readonly FaultKind[] = [
  fault('signal_loss', 'radio', 100 * MINUTE, 2 * MINUTE, 34 * MINUTE, () => absent('heart_rate', 'respiratory_rate')),
  fault('signal_loss', 'patch respiration', 80 * MINUTE, 2 * MINUTE, 18 * MINUTE, () => absent('respiratory_rate')),
];

function fault(
  kind: FaultKind['kind'],
  purpose: string,
  gap: number,
  shortest: number,
  longest: number,
  begin: FaultKind['begin'],
): FaultKind {
  return { kind, purpose, gap, shortest, longest, begin };
}
