import { missingShare, shareWithRun } from './events.js';
import type { Prepared } from './prepared.js';
import { peakHour, sleepDip } from './rhythm.js';
import { mean, quantile, standardDeviation } from './statistics.js';
import type { Statistic, Target } from './target.js';
import { correlation, slope } from './together.js';
import { autocorrelation, betweenDeviation, patientMedians, stepDeviation, withinDeviation } from './within.js';

type Measure = (of: Prepared, target: Target) => number;

/** How each statistic is computed from what the monitors showed. */
const MEASURES: Readonly<Record<Statistic, Measure>> = {
  mean: (of, { vital }) => mean(of.table(vital).values),
  sd: (of, { vital }) => standardDeviation(of.table(vital).values),
  quantile: (of, { vital, parameter }) => quantile(of.sorted(vital), parameter ?? 0.5),
  median_of_patients: (of, { vital, parameter }) => quantile(patientMedians(of.table(vital)), parameter ?? 0.5),
  between_sd: (of, { vital }) => betweenDeviation(of.table(vital)),
  within_sd: (of, { vital }) => withinDeviation(of.table(vital)),
  autocorrelation: (of, { vital, parameter }) => autocorrelation(of.centred(vital), of.samplesIn(parameter ?? 1)),
  step_sd: (of, { vital }) => stepDeviation(of.table(vital)),
  correlation_within: (of, { vital, other }) =>
    correlation(of.centred(other ?? vital).values, of.centred(vital).values),
  correlation_pooled: (of, { vital, other }) => correlation(of.table(other ?? vital).values, of.table(vital).values),
  correlation_between: (of, { vital, other }) => correlation(of.patientMeans(other ?? vital), of.patientMeans(vital)),
  slope: (of, { vital, other }) => slope(of.table(other ?? vital).values, of.table(vital).values),
  warmest_hour: (of, { vital }) => peakHour(of.course(vital)),
  sleep_dip: (of, { vital }) => sleepDip(of.course(vital)),
  news2_quantile: (of, { parameter }) => quantile(of.news2.scores.slice().sort(), parameter ?? 0.5),
  news2_days_at_least: (of, { parameter }) =>
    mean(of.news2.worstADay.map((score) => (score >= (parameter ?? 5) ? 1 : 0))),
  event_share: eventShare,
  missing_share: (of, { vital }) => missingShare(of.table(vital), (patient) => of.recording.wireless[patient] === 1),
};

/** The value of a target's statistic in a recording; NaN when nothing was recorded for it. */
export function measure(of: Prepared, target: Target): number {
  return MEASURES[target.statistic](of, target);
}

/** Runs as the source defines them: an hour of fast heart, five minutes of fast breathing, two low pressures. */
function eventShare(of: Prepared, { vital, parameter = 0 }: Target): number {
  const days = (of.recording.vitals[vital].samples * of.recording.intervalMs) / 86_400_000;
  const table = of.table(vital);
  const share =
    vital === 'systolic_bp'
      ? shareWithRun(table, (value) => value < parameter, 2)
      : shareWithRun(table, (value) => value > parameter, vital === 'heart_rate' ? of.samplesIn(1) : 2);
  return share / days;
}
