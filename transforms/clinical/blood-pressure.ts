import { BandLookup } from './bands.js';
import { isChild } from './interval.js';
import { BLOOD_PRESSURE_CATEGORIES, BLOOD_PRESSURE_CHART } from './thresholds.js';

export type BloodPressureCategory = (typeof BLOOD_PRESSURE_CATEGORIES)[number];

const SYSTOLIC = new BandLookup(BLOOD_PRESSURE_CHART.systolic_bp);
const DIASTOLIC = new BandLookup(BLOOD_PRESSURE_CHART.diastolic_bp);

/**
 * Category of an adult's blood pressure in mmHg (ACC/AHA 2017): each pressure has one, and the higher wins, so that
 * 200/130 is a crisis and 118/84 is stage 1. Null unless both pressures are there, and for a child (under 16): the
 * guideline is for adults. An unknown age counts as adult.
 */
export function bloodPressureCategory(
  systolic: number | null,
  diastolic: number | null,
  age: number | null,
): BloodPressureCategory | null {
  if (systolic === null || diastolic === null || isChild(age)) return null;
  const severity = Math.max(SYSTOLIC.at(systolic), DIASTOLIC.at(diastolic));
  return BLOOD_PRESSURE_CATEGORIES[severity] as BloodPressureCategory;
}
