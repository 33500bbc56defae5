import type { RecordedVital } from './recorded-vitals.js';
import type { Statistic, Target, Tolerance } from './target.js';

const BMJ = '100,362 admissions (BMJ Open 2022 e054027)';
const SPANGFORS = '254 controls on wards (Spangfors, Clin Med 2020)';
const ED = '93,225 temperatures (Chronobiol Int 2019, 10.1080/07420528.2019.1663863)';
const DIP = 'ambulatory monitoring (Morris, AJH 2013, PMC3693479)';
const PATCH = '25 surgical patients, over 700 h (Breteler, Anesthesiology 2020)';
const CONTINUOUS = '309 continuously monitored ward patients without serious events (PMC9310747, table 2)';
const MIMIC = 'MIMIC-II (PMC3124312), taken for wards as well';

/** The targets of general wards, sampled every five minutes for 48 hours. */
export const WARD_TARGETS: readonly Target[] = [
  row(
    'news2_days_at_least',
    'heart_rate',
    'share of patient-days with NEWS2 >= 5',
    '0.100',
    0.06,
    0.14,
    BMJ,
    'events',
    5,
  ),
  row(
    'news2_days_at_least',
    'heart_rate',
    'share of patient-days with NEWS2 >= 6',
    '0.053',
    0.025,
    0.08,
    BMJ,
    'events',
    6,
  ),
  row('news2_quantile', 'heart_rate', 'NEWS2, lower quartile', '0', 0, 0, SPANGFORS, 'published', 0.25),
  row('news2_quantile', 'heart_rate', 'NEWS2, median', '1', 1, 1, SPANGFORS, 'published', 0.5),
  row('quantile', 'spo2', 'SpO2, lower quartile, %', '97', 96.5, 97.5, MIMIC, 'rounding', 0.25),
  row('quantile', 'spo2', 'SpO2, median, %', '98', 97.5, 98.5, MIMIC, 'rounding', 0.5),
  row('quantile', 'spo2', 'SpO2, upper quartile, %', '99', 98.5, 99.5, MIMIC, 'rounding', 0.75),
  row('mean', 'temperature', 'temperature, mean, Cel', '36.7', 36.6, 36.9, ED, 'cohort'),
  row(
    'warmest_hour',
    'temperature',
    'clock hour of the highest temperature (the lowest is 12 h away)',
    '18 to 20',
    18,
    20,
    ED,
    'published',
  ),
  row('sleep_dip', 'systolic_bp', 'systolic pressure asleep less awake, mmHg', '-11', -12.5, -9.5, DIP, 'cohort'),
  row('sleep_dip', 'diastolic_bp', 'diastolic pressure asleep less awake, mmHg', '-8', -9.5, -6.5, DIP, 'cohort'),
  row(
    'missing_share',
    'heart_rate',
    'share of heart rates that a wireless patch loses',
    '0.06 to 0.27',
    0.06,
    0.27,
    PATCH,
    'published',
  ),
  row(
    'missing_share',
    'respiratory_rate',
    'share of respiratory rates that a wireless patch loses',
    '0.13 to 0.34',
    0.13,
    0.34,
    PATCH,
    'published',
  ),
  row(
    'event_share',
    'heart_rate',
    'share of patients a day with heart rate > 110 for an hour',
    '0.039',
    0.01,
    0.09,
    CONTINUOUS,
    'events',
    110,
  ),
  row(
    'event_share',
    'respiratory_rate',
    'share of patients a day with respiration > 24 for 5 minutes',
    '0.12',
    0.06,
    0.18,
    CONTINUOUS,
    'events',
    24,
  ),
  row(
    'event_share',
    'systolic_bp',
    'share of patients a day with systolic < 90 twice',
    '0.094',
    0.04,
    0.15,
    CONTINUOUS,
    'events',
    90,
  ),
];

function row(
  statistic: Statistic,
  vital: RecordedVital,
  name: string,
  reference: string,
  low: number,
  high: number,
  source: string,
  tolerance: Tolerance,
  parameter?: number,
): Target {
  const fixed = { profile: 'ward', statistic, vital, name, reference, low, high, source, tolerance } as const;
  return parameter === undefined ? fixed : { ...fixed, parameter };
}
