import { BandLookup } from './bands.js';
import { highOf, isChild, lowOf } from './interval.js';
import {
  MISSING_SHIFT,
  NEWS2_PARAMETERS,
  PACK_PARAMETER,
  PREGNANT,
  RED_CERTAIN,
  RED_POSSIBLE,
  UNDER_16,
  type News2Input,
  type News2Parameter,
  type PackedNews2,
} from './news2-parameters.js';
import { NEWS2_RISK, type News2Risk } from './thresholds.js';

export type News2Band = News2Risk | 'low-medium';
export type News2Reason = 'under_16' | 'pregnant';

/** NEWS2 as `vitals score` prints it. */
export interface News2 {
  readonly low: number | null;
  readonly high: number | null;
  /** Nothing is missing: low and high are the one score. */
  readonly exact: boolean;
  readonly missing: readonly News2Parameter[];
  readonly band_low: News2Band | null;
  readonly band_high: News2Band | null;
  /** Points of the parameters that are known. */
  readonly points: Readonly<Partial<Record<News2Parameter, number>>>;
  readonly applicable: boolean;
  readonly reason: News2Reason | null;
}

const RISK = new BandLookup(NEWS2_RISK);

/**
 * NEWS2 (Royal College of Physicians, 2017) as an interval: a missing parameter counts with its least points in the low
 * bound and with its most in the high one, and is never silently 0. Not applicable under 16 and in pregnancy; an
 * unknown age counts as adult.
 *
 * Allocates nothing: read the result with the functions below.
 */
export function packNews2(reading: News2Input): PackedNews2 {
  if (isChild(reading.age)) return UNDER_16;
  if (reading.pregnant === true) return PREGNANT;
  return (
    PACK_PARAMETER.respiratory_rate(reading) +
    PACK_PARAMETER.spo2(reading) +
    PACK_PARAMETER.supplemental_oxygen(reading) +
    PACK_PARAMETER.systolic_bp(reading) +
    PACK_PARAMETER.heart_rate(reading) +
    PACK_PARAMETER.consciousness(reading) +
    PACK_PARAMETER.temperature(reading)
  );
}

/** Parameters by the set that is missing, a bit each. */
const NAMES_OF_MISSING = Array.from({ length: 1 << NEWS2_PARAMETERS.length }, (_, set) =>
  NEWS2_PARAMETERS.filter((_, bit) => (set & (1 << bit)) !== 0),
);
const TEXT_OF_MISSING = NAMES_OF_MISSING.map((names) => (names.length === 0 ? null : names.join(',')));

/** Missing parameters, comma separated; null when there are none or the score does not apply. */
export function news2Missing(packed: PackedNews2): string | null {
  return packed < 0 ? null : (TEXT_OF_MISSING[packed >> MISSING_SHIFT] as string | null);
}

/** The lowest possible band: the low bound, red only where a parameter certainly is. */
export function news2BandLow(packed: PackedNews2): News2Band | null {
  return packed < 0 ? null : band(lowOf(packed) as number, (packed & RED_CERTAIN) !== 0);
}

/** The highest possible band: the high bound, red where a parameter may be. */
export function news2BandHigh(packed: PackedNews2): News2Band | null {
  return packed < 0 ? null : band(highOf(packed) as number, (packed & RED_POSSIBLE) !== 0);
}

/** Why the score does not apply; null when it does. */
export function news2Reason(packed: PackedNews2): News2Reason | null {
  return packed === UNDER_16 ? 'under_16' : packed === PREGNANT ? 'pregnant' : null;
}

function band(total: number, red: boolean): News2Band {
  const risk = RISK.at(total);
  return risk === 'low' && red ? 'low-medium' : risk;
}

/** NEWS2 with its points a parameter, for a person to read. */
export function news2(reading: News2Input): News2 {
  const packed = packNews2(reading);
  const applicable = packed >= 0;
  const missing = applicable ? (NAMES_OF_MISSING[packed >> MISSING_SHIFT] as readonly News2Parameter[]) : [];
  return {
    low: lowOf(packed),
    high: highOf(packed),
    exact: applicable && missing.length === 0,
    missing,
    band_low: news2BandLow(packed),
    band_high: news2BandHigh(packed),
    points: applicable ? pointsOf(reading) : {},
    applicable,
    reason: news2Reason(packed),
  };
}

/** Points of what is known; those of a saturation on scale 2 are not while the gas is unknown and matters. */
function pointsOf(reading: News2Input): Partial<Record<News2Parameter, number>> {
  const points: Partial<Record<News2Parameter, number>> = {};
  for (const parameter of NEWS2_PARAMETERS) {
    const packed = PACK_PARAMETER[parameter](reading);
    const low = lowOf(packed) as number;
    if (low === highOf(packed)) points[parameter] = low;
  }
  return points;
}
