/** What derived features are made from; null is missing. */
export interface DerivedSource {
  readonly heart_rate: number | null;
  readonly systolic_bp: number | null;
  readonly diastolic_bp: number | null;
  /** Epoch milliseconds. */
  readonly event_time?: number | null;
}

/** What follows from one reading alone. */
export type DerivedFeature = 'mean_arterial_pressure' | 'pulse_pressure' | 'shock_index' | 'time_of_day';

const DAY_MILLIS = 86_400_000;
const HOUR_MILLIS = 3_600_000;

/**
 * The features, unrounded: silver's columns of the same names are rounded for people, and a model that was trained on
 * those would meet other numbers in the stream.
 *
 * Mean arterial pressure (s + 2d) / 3 in mmHg, pulse pressure s - d in mmHg, shock index HR / SBP in /min/mmHg (none
 * where SBP is 0); the hour of the day in UTC, [0, 24).
 */
export const DERIVED_READERS: Readonly<Record<DerivedFeature, (reading: DerivedSource) => number | null>> = {
  mean_arterial_pressure: ({ systolic_bp: s, diastolic_bp: d }) => (s === null || d === null ? null : (s + 2 * d) / 3),
  pulse_pressure: ({ systolic_bp: s, diastolic_bp: d }) => (s === null || d === null ? null : s - d),
  shock_index: ({ heart_rate: h, systolic_bp: s }) => (h === null || s === null || s === 0 ? null : h / s),
  time_of_day: ({ event_time: t }) => (t === null || t === undefined ? null : hourOf(t)),
};

export const DERIVED_INPUTS: Readonly<Record<DerivedFeature, readonly string[]>> = {
  mean_arterial_pressure: ['systolic_bp', 'diastolic_bp'],
  pulse_pressure: ['systolic_bp', 'diastolic_bp'],
  shock_index: ['heart_rate', 'systolic_bp'],
  time_of_day: ['event_time'],
};

/** UCUM. */
export const DERIVED_UNITS: readonly (readonly [DerivedFeature, string])[] = [
  ['mean_arterial_pressure', 'mm[Hg]'],
  ['pulse_pressure', 'mm[Hg]'],
  ['shock_index', '/min/mm[Hg]'],
  ['time_of_day', 'h'],
];

function hourOf(millis: number): number {
  return (millis - DAY_MILLIS * Math.floor(millis / DAY_MILLIS)) / HOUR_MILLIS;
}
