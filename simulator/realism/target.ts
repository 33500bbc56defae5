import type { RecordedVital } from './recorded-vitals.js';

export type RealismProfile = 'icu' | 'ward';

/** What is measured. Those of two vitals are of `vital` with (or per unit of) `other`. */
export type Statistic =
  | 'mean'
  | 'sd'
  | 'quantile'
  | 'median_of_patients'
  | 'between_sd'
  | 'within_sd'
  | 'autocorrelation'
  | 'step_sd'
  | 'correlation_within'
  | 'correlation_pooled'
  | 'correlation_between'
  | 'slope'
  | 'warmest_hour'
  | 'sleep_dip'
  | 'news2_quantile'
  | 'news2_days_at_least'
  | 'event_share'
  | 'missing_share';

/** One fact about real patients, and how near the simulator must come. */
export interface Target {
  readonly profile: RealismProfile;
  readonly statistic: Statistic;
  readonly vital: RecordedVital;
  readonly other?: RecordedVital;
  /** What the statistic needs besides: a share (0 to 1), hours, points or minutes. */
  readonly parameter?: number;
  /** In words, with its unit. */
  readonly name: string;
  /** The published figure. */
  readonly reference: string;
  /** Inside is met; both ends included. */
  readonly low: number;
  readonly high: number;
  readonly source: string;
  /** Where the width of the band comes from: a key of {@link TOLERANCES}. */
  readonly tolerance: Tolerance;
}

/** Reasons for a band, and what it is then. */
export const TOLERANCES = {
  sampling: 'three standard errors of 500 patients, from the SD between patients',
  spread:
    '10 % of the figure: three standard errors of an SD over 500 patients; cuff and arterial line of the same stays differ by more',
  step: '15 %: it follows from SD and autocorrelation, whose errors add; charts leave hours out',
  tail: 'a third of the SD, about three standard errors of a 1st or 99th percentile over 500 patients, and half a step of the device',
  shoulder:
    'a fifth of the SD, about three standard errors of a 5th to 95th percentile over 500 patients, and half a step of the device',
  within: '0.06: charts hold values at irregular times, and the reference for respiration has 2,201 stays only',
  pooled: '0.1: two thirds of a pooled correlation are between patients',
  between: '0.16: three standard errors of a correlation of 500 means, as the spread of ten seeds shows',
  interval:
    'the interval published, widened by two standard errors of the 8 x 500 patients that slopes are measured on',
  published: 'the interval published, as it is',
  rounding: 'values are whole numbers: half a unit either way',
  cohort: 'how far published cohorts are apart',
  events:
    'two and a half standard errors of a share of patient-days over 500 patients, as the spread of ten seeds shows',
} as const;

export type Tolerance = keyof typeof TOLERANCES;
