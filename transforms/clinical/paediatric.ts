import { BandLookup } from './bands.js';
import { isChild } from './interval.js';
import { ADULT_AGE_YEARS, PAEDIATRIC_RANGES, PAEDIATRIC_SYSTOLIC_LIMIT } from './thresholds.js';

/** Where a rate lies against the range of the child's age. */
export type PaediatricBand = 'below' | 'within' | 'above';
/** APLS gives a systolic pressure a lower limit only. */
export type PaediatricLimitBand = 'below' | 'not_below';

const AGES = Array.from({ length: ADULT_AGE_YEARS }, (_, age) => age);
const HEART_RATE = AGES.map((age) => within(paediatricRange('heart_rate', age)));
const RESPIRATORY_RATE = AGES.map((age) => within(paediatricRange('respiratory_rate', age)));
const SYSTOLIC = AGES.map((age) => notBelow(paediatricSystolicLimit(age)));

/**
 * A child's heart rate against the APLS range of the awake child of that age; null when missing, at an unknown age and
 * from 16. Not a point of any PEWS: those need behaviour, colour and capillary refill, which no monitor sends.
 */
export function paediatricHeartRateBand(perMinute: number | null, age: number | null): PaediatricBand | null {
  return lookUp(HEART_RATE, perMinute, age);
}

/** The same of the respiratory rate. */
export function paediatricRespiratoryRateBand(perMinute: number | null, age: number | null): PaediatricBand | null {
  return lookUp(RESPIRATORY_RATE, perMinute, age);
}

/** A child's systolic pressure, mmHg, against the APLS lower limit of that age; null as above. */
export function paediatricSystolicBand(mmHg: number | null, age: number | null): PaediatricLimitBand | null {
  return lookUp(SYSTOLIC, mmHg, age);
}

/**
 * The APLS range of an age in completed years, both ends inclusive.
 * @throws RangeError from 16 years
 */
export function paediatricRange(vital: 'heart_rate' | 'respiratory_rate', age: number): readonly [number, number] {
  const group = PAEDIATRIC_RANGES.find(({ upToYears }) => age <= upToYears);
  if (group === undefined) throw new RangeError(`APLS has no range for ${age} years`);
  return group[vital];
}

/** The APLS lower limit of the systolic pressure, mmHg, of an age in completed years. */
export function paediatricSystolicLimit(age: number): number {
  const { newborn, aYear, most } = PAEDIATRIC_SYSTOLIC_LIMIT;
  return Math.min(newborn + aYear * age, most);
}

function lookUp<T>(byAge: readonly BandLookup<T>[], value: number | null, age: number | null): T | null {
  if (value === null || age === null || !isChild(age)) return null;
  return (byAge[age] as BandLookup<T>).at(value);
}

function within([low, high]: readonly [number, number]): BandLookup<PaediatricBand> {
  return new BandLookup<PaediatricBand>({
    digits: 0,
    bands: [
      { upTo: low - 1, is: 'below' },
      { upTo: high, is: 'within' },
      { upTo: Infinity, is: 'above' },
    ],
  });
}

function notBelow(limit: number): BandLookup<PaediatricLimitBand> {
  return new BandLookup<PaediatricLimitBand>({
    digits: 0,
    bands: [
      { upTo: limit - 1, is: 'below' },
      { upTo: Infinity, is: 'not_below' },
    ],
  });
}
