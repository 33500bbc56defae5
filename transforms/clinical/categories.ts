import { BandLookup } from './bands.js';
import { isChild } from './interval.js';
import { GLUCOSE_CATEGORIES, HEART_RATE_CATEGORIES, SPO2_CATEGORIES, TEMPERATURE_CATEGORIES } from './thresholds.js';

const HEART_RATE = new BandLookup(HEART_RATE_CATEGORIES);
const SPO2 = new BandLookup(SPO2_CATEGORIES);
const TEMPERATURE = new BandLookup(TEMPERATURE_CATEGORIES);
const GLUCOSE = new BandLookup(GLUCOSE_CATEGORIES);

/** bradycardia, normal or tachycardia, by an adult's resting rate; null when missing and for a child (paediatric.ts). */
export function heartRateCategory(perMinute: number | null, age: number | null): string | null {
  return perMinute === null || isChild(age) ? null : HEART_RATE.at(perMinute);
}

/** normal, or mild, moderate or severe hypoxaemia, whatever gas is breathed; null when missing. */
export function spo2Category(percent: number | null): string | null {
  return percent === null ? null : SPO2.at(percent);
}

/** Severe, moderate or mild hypothermia, low, normal, fever, high_fever or hyperpyrexia; null when missing. */
export function temperatureCategory(celsius: number | null): string | null {
  return celsius === null ? null : TEMPERATURE.at(celsius);
}

/** severe_hypoglycaemia, hypoglycaemia, normal, hyperglycaemia or severe_hyperglycaemia; null when missing. */
export function glucoseCategory(mgPerDl: number | null): string | null {
  return mgPerDl === null ? null : GLUCOSE.at(mgPerDl);
}
