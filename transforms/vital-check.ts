import {
  FAHRENHEIT_GUESS,
  KELVIN_GUESS,
  KPA_BELOW,
  LEAST_FRACTION,
  SENTINELS,
  type CleanseLimits,
} from './cleanse-limits.js';
import type { DecodedReading } from './decode/decoded-reading.js';
import type { Findings } from './findings.js';
import { roundHalfUp } from './rounding.js';
import { conversionFlag, toCanonicalUnit, type Unit } from './units.js';

/**
 * Judges one vital (rows 32-38, 42-49): null when missing, repaired away (PROBE_OFF, SENTINEL) or refused (UNIT,
 * AMBIGUOUS, RANGE); else its value in the canonical unit, rounded half-up to the vital's scale. Limits are checked before
 * rounding, so 350.4 beats per minute is out of range.
 */
export function checkVital(limits: CleanseLimits, reading: DecodedReading, findings: Findings): number | null {
  const value = reading[limits.name];
  if (value === null) return null;
  const unit = reading.units === null ? undefined : reading.units[limits.name];
  const canonical = unit === undefined || unit === limits.unit;
  if (canonical && value > limits.sureAbove && value <= limits.high) return roundHalfUp(value, limits.scale);
  const checked = checkDoubtful(value, unit, limits, reading, findings);
  return checked === null ? null : roundHalfUp(checked, limits.scale);
}

function checkDoubtful(
  value: number,
  unit: Unit | undefined,
  limits: CleanseLimits,
  reading: DecodedReading,
  findings: Findings,
): number | null {
  const { name, low, high } = limits;
  if (value === 0 && isDisconnected(limits, reading)) {
    findings.flag(name, 'PROBE_OFF');
    return null;
  }
  const converted = unit === undefined ? value : toCanonicalUnit(value, unit);
  if (SENTINELS.has(value) && (converted < low || converted > high)) {
    findings.flag(name, 'SENTINEL');
    return null;
  }
  const meant = unit === undefined || unit === '%' ? guessUnit(value, limits, reading, findings) : converted;
  if (meant === null) return null;
  if (meant < low || meant > high) return findings.refuse(name, 'RANGE', `outside ${low}-${high}`);
  const flag = unit === undefined ? null : conversionFlag(unit);
  if (flag !== null) findings.flag(name, flag);
  // As it will be kept: .35 beats are 0 beats.
  if (roundHalfUp(meant, limits.scale) === 0) findings.flag(name, name === 'heart_rate' ? 'ASYSTOLE' : 'ZERO');
  return meant;
}

/** Row 43: an ECG lead carries heart rate and respiration; for the others either sign of a loose sensor will do. */
function isDisconnected(limits: CleanseLimits, reading: DecodedReading): boolean {
  const byLead = limits.name === 'heart_rate' || limits.name === 'respiratory_rate';
  return reading.lead_off || (reading.probe_off && !byLead);
}

/** What an unlabelled value must mean: itself, its conversion where that is certain, or null where it was refused. */
function guessUnit(value: number, limits: CleanseLimits, reading: DecodedReading, findings: Findings): number | null {
  switch (limits.name) {
    case 'temperature':
      return guessTemperature(value, findings);
    case 'spo2':
      return guessSaturation(value, findings);
    case 'systolic_bp':
    case 'diastolic_bp':
    case 'mean_bp':
      return looksKilopascal(limits.name, value, reading)
        ? findings.refuse(limits.name, 'UNIT', 'looks like kPa without saying so')
        : value;
    default:
      return value;
  }
}

function guessTemperature(value: number, findings: Findings): number | null {
  if (value >= FAHRENHEIT_GUESS.low && value <= FAHRENHEIT_GUESS.high) {
    findings.flag('temperature', 'F_GUESS');
    return toCanonicalUnit(value, '[degF]');
  }
  const kelvin = value >= KELVIN_GUESS.low && value <= KELVIN_GUESS.high;
  return kelvin ? findings.refuse('temperature', 'UNIT', 'looks like kelvin') : value;
}

function guessSaturation(value: number, findings: Findings): number | null {
  if (value >= LEAST_FRACTION && value < 1) {
    findings.flag('spo2', 'FRACTION');
    return toCanonicalUnit(value, '1');
  }
  if (value > 0 && value <= 1) return findings.refuse('spo2', 'AMBIGUOUS', 'a fraction or a percentage');
  return value;
}

/** A pressure is kPa when the systolic beside it is; without one, when it is too low to be anything else. */
function looksKilopascal(
  name: 'systolic_bp' | 'diastolic_bp' | 'mean_bp',
  value: number,
  reading: DecodedReading,
): boolean {
  if (value <= 0 || value >= KPA_BELOW.systolic) return false;
  if (name === 'systolic_bp') return true;
  const unit: Unit | undefined = reading.units?.systolic_bp;
  if (reading.systolic_bp === null) return value < KPA_BELOW.alone;
  if (unit !== undefined) return unit === 'kPa';
  return reading.systolic_bp > 0 && reading.systolic_bp < KPA_BELOW.systolic;
}
