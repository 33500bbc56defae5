import type { RecordedVital } from './recorded-vitals.js';
import type { Statistic, Target, Tolerance } from './target.js';

const PHYSIONET = 'PhysioNet/CinC Challenge 2012, sets a and c, 7,996 stays, ODC-By 1.0 (own computation)';
const MIMIC = 'MIMIC-II, 20,399 ICU stays (Crit Care Med 2011, PMC3124312, table 5)';
const FEVER = 'Kirschen, AJEM 2020; Jensen, Acute Med 2019; PhysioNet/CinC 2012';

/** Per vital: mean, SD, percentiles 1 to 99, SD between and (median) within patients, autocorrelations, SD of an hour's step. */
interface Facts {
  readonly vital: RecordedVital;
  readonly label: string;
  readonly unit: string;
  readonly mean: number;
  readonly sd: number;
  readonly percentiles: readonly [number, number, number, number, number, number, number];
  readonly between: number;
  readonly within: number;
  readonly lags: readonly [hour1: number, hour2: number, hour4: number, hour8: number];
  readonly step: number;
}

const SHARES = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99] as const;
const LAG_HOURS = [1, 2, 4, 8] as const;
const PATIENTS = 500;

const FACTS: readonly Facts[] = [
  {
    vital: 'heart_rate',
    label: 'heart rate',
    unit: '/min',
    mean: 87.41,
    sd: 18.43,
    percentiles: [51, 60, 75, 86, 98, 120, 138],
    between: 14.66,
    within: 9.16,
    lags: [0.71, 0.578, 0.397, 0.134],
    step: 7.62,
  },
  {
    vital: 'respiratory_rate',
    label: 'respiratory rate',
    unit: '/min',
    mean: 19.65,
    sd: 5.44,
    percentiles: [9, 12, 16, 19, 23, 29, 36],
    between: 3.89,
    within: 3.36,
    lags: [0.259, 0.196, 0.123, 0.017],
    step: 4.45,
  },
  {
    vital: 'temperature',
    label: 'temperature',
    unit: 'Cel',
    mean: 37.06,
    sd: 0.86,
    percentiles: [34.8, 35.6, 36.6, 37.1, 37.6, 38.4, 39],
    between: 0.57,
    within: 0.54,
    lags: [0.885, 0.722, 0.404, 0.031],
    step: 0.3,
  },
  {
    vital: 'systolic_bp',
    label: 'systolic pressure',
    unit: 'mmHg',
    mean: 118.87,
    sd: 22.93,
    percentiles: [75, 87, 102, 116, 133, 160, 181],
    between: 18.35,
    within: 12.73,
    lags: [0.487, 0.358, 0.217, 0.054],
    step: 14.45,
  },
  {
    vital: 'diastolic_bp',
    label: 'diastolic pressure',
    unit: 'mmHg',
    mean: 58.07,
    sd: 15.38,
    percentiles: [28, 35, 47, 56, 67, 86, 99],
    between: 11.59,
    within: 9.26,
    lags: [0.404, 0.296, 0.181, 0.042],
    step: 9.65,
  },
];

/** Correlations: within patients, pooled, and of the patients' means. */
const CORRELATIONS: readonly (readonly [RecordedVital, RecordedVital, number, number, number])[] = [
  ['heart_rate', 'respiratory_rate', 0.249, 0.294, 0.329],
  ['heart_rate', 'temperature', 0.238, 0.264, 0.274],
  ['heart_rate', 'systolic_bp', 0.099, -0.046, -0.135],
  ['heart_rate', 'diastolic_bp', 0.155, 0.205, 0.24],
  ['respiratory_rate', 'temperature', 0.151, 0.163, 0.141],
  ['respiratory_rate', 'systolic_bp', 0.098, 0.025, -0.024],
  ['respiratory_rate', 'diastolic_bp', 0.08, 0.053, 0.032],
  ['temperature', 'systolic_bp', 0.004, 0.004, 0.054],
  ['temperature', 'diastolic_bp', -0.058, -0.017, 0.066],
  ['systolic_bp', 'diastolic_bp', 0.604, 0.533, 0.476],
];

/** How near a correlation must come, by what it is of. */
const NEAR = { within: 0.06, pooled: 0.1, between: 0.16 } as const;

/** The targets of intensive care, sampled once an hour for 48 hours. */
export const ICU_TARGETS: readonly Target[] = [
  ...FACTS.flatMap(targetsOf),
  ...CORRELATIONS.flatMap(correlationsOf),
  row('slope', 'heart_rate', 'rise of heart rate per degree, /min', 6.3, 0.9 + 0.5, 'interval', {
    other: 'temperature',
    reference: '5.4 to 7.2',
    source: FEVER,
  }),
  row('slope', 'respiratory_rate', 'rise of respiratory rate per degree, /min', 1.3, 0.1 + 0.15, 'interval', {
    other: 'temperature',
    reference: '1.2 to 1.4',
    source: FEVER,
  }),
  ...[
    [0.25, 97],
    [0.5, 98],
    [0.75, 99],
  ].map(([share, value]) =>
    row(
      'median_of_patients',
      'spo2',
      `SpO2, ${share} quantile of patients' medians, %`,
      value as number,
      0.5,
      'rounding',
      {
        parameter: share as number,
        source: MIMIC,
      },
    ),
  ),
];

function targetsOf(facts: Facts): Target[] {
  const { vital, label, unit, sd } = facts;
  const error = (3 * facts.between) / Math.sqrt(PATIENTS);
  return [
    row('mean', vital, `${label}, mean, ${unit}`, facts.mean, error, 'sampling'),
    row('sd', vital, `${label}, SD, ${unit}`, sd, 0.1 * sd, 'spread'),
    ...SHARES.map((share, at) => percentile(facts, share, facts.percentiles[at] as number)),
    row('between_sd', vital, `${label}, SD between patients, ${unit}`, facts.between, 0.1 * facts.between, 'spread'),
    row('within_sd', vital, `${label}, SD within a patient, ${unit}`, facts.within, 0.1 * facts.within, 'spread'),
    ...LAG_HOURS.map((parameter, at) =>
      row(
        'autocorrelation',
        vital,
        `${label}, autocorrelation at ${parameter} h`,
        facts.lags[at] as number,
        NEAR.within,
        'within',
        { parameter },
      ),
    ),
    row('step_sd', vital, `${label}, SD of an hour's change, ${unit}`, facts.step, 0.15 * facts.step, 'step'),
  ];
}

function percentile({ vital, label, unit, sd }: Facts, share: number, value: number): Target {
  const tail = share === 0.01 || share === 0.99;
  const near = (tail ? sd / 3 : sd / 5) + (vital === 'temperature' ? 0.05 : 0.5);
  const name = `${label}, percentile ${Math.round(share * 100)}, ${unit}`;
  return row('quantile', vital, name, value, near, tail ? 'tail' : 'shoulder', { parameter: share });
}

function correlationsOf([vital, other, ...values]: (typeof CORRELATIONS)[number]): Target[] {
  return (['within', 'pooled', 'between'] as const).map((which, at) => {
    const name = `${vital} with ${other}, correlation ${which}`;
    return row(`correlation_${which}`, vital, name, values[at] as number, NEAR[which], which, { other });
  });
}

function row(
  statistic: Statistic,
  vital: RecordedVital,
  name: string,
  value: number,
  near: number,
  tolerance: Tolerance,
  more: Partial<Target> = {},
): Target {
  const band = { low: value - near, high: value + near };
  return {
    profile: 'icu',
    statistic,
    vital,
    name,
    reference: String(value),
    ...band,
    source: PHYSIONET,
    tolerance,
    ...more,
  };
}
