import type { Persistence } from '../calibration/persistence.js';
import { rankedMinutes, rankOf } from './assess.js';
import { bootstrap, type Interval } from './bootstrap.js';
import { outcomeOf, type LabelledSeries, type PatientOutcome } from './detection.js';

/** What two models are compared by: the ranking of minutes, or the events that are found at equal rates of false alarms. */
export type Measure = 'auc' | 'sensitivity';

/** How two models did on the same patients. */
export interface Difference {
  readonly candidate: number;
  readonly champion: number;
  /** Candidate less champion, each time on the same resample of patients. */
  readonly difference: Interval;
}

/** A model's scores of patients, and the threshold that it alarms at. */
export interface Scored {
  readonly series: readonly LabelledSeries[];
  readonly threshold: number;
}

/** As many as there are of single figures in a report (assess.ts): ranking is the slow one. */
const RESAMPLES = { auc: 200, sensitivity: 500 } as const;

/** Compares two models by the paired bootstrap over patients: the same ones are drawn for both. @param seed of the bootstrap */
export function differenceOf(
  candidate: Scored,
  champion: Scored,
  measure: Measure,
  persistence: Persistence,
  seed: string,
): Difference {
  const [a, b] = [candidate, champion].map((scored) => statisticOf(scored, measure, persistence)) as [
    Statistic,
    Statistic,
  ];
  const all = Uint32Array.from(candidate.series, (_, i) => i);
  const difference = bootstrap(all.length, (sample) => a(sample) - b(sample), `${seed} ${measure}`, RESAMPLES[measure]);
  return { candidate: a(all), champion: b(all), difference };
}

type Statistic = (sample: Uint32Array) => number;

function statisticOf({ series, threshold }: Scored, measure: Measure, persistence: Persistence): Statistic {
  if (measure === 'auc') {
    const ranked = series.map((one) => rankedMinutes(one, persistence.rearmMinutes));
    return (sample) => rankOf(ranked, sample).auc;
  }
  const outcomes = series.map((one) => outcomeOf(one, threshold, persistence));
  return (sample) => foundShare(Array.from(sample, (place) => outcomes[place]!));
}

function foundShare(outcomes: readonly PatientOutcome[]): number {
  const events = outcomes.flatMap((outcome) => outcome.events);
  return events.filter(({ delay }) => delay !== null).length / events.length;
}
