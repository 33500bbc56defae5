import type { Persistence } from '../calibration/persistence.js';
import { evaluateScores } from '../evaluate.js';
import { bootstrap, type Interval } from './bootstrap.js';
import { outcomeOf, quietMask, type LabelledSeries, type PatientOutcome } from './detection.js';

/** How a detector did on patients that it has never seen. */
export interface Assessment {
  /** Minutes of an event against quiet minutes. */
  readonly auc: Interval;
  readonly averagePrecision: Interval;
  /** Share of the events that were found while they lasted. */
  readonly sensitivity: Interval;
  /** Minutes from onset to alarm, of the events that were found. */
  readonly delayMedian: Interval;
  /** Per patient-day of quiet. */
  readonly falseAlarms: Interval;
  readonly byKind: readonly KindOutcome[];
  readonly events: number;
  readonly patients: number;
}

export interface KindOutcome {
  readonly kind: string;
  readonly events: number;
  readonly found: number;
  /** NaN where none was found. */
  readonly delayMedian: number;
}

const MINUTES_PER_DAY = 1440;

/** One minute in so many is ranked: neighbours say the same, and ranking all of them for each resample would take hours. */
const RANKED_EVERY = 10;
const RANKED_RESAMPLES = 200;

/** Measures one detector at one threshold. @param seed of the bootstrap over patients */
export function assess(
  all: readonly LabelledSeries[],
  threshold: number,
  persistence: Persistence,
  seed: string,
): Assessment {
  const outcomes = all.map((series) => outcomeOf(series, threshold, persistence));
  const ranked = all.map((series) => rankedMinutes(series, persistence.rearmMinutes));
  const of = (statistic: (chosen: readonly PatientOutcome[]) => number, name: string) =>
    bootstrap(all.length, (sample) => statistic(Array.from(sample, (i) => outcomes[i]!)), `${seed} ${name}`);
  const rank = (measure: 'auc' | 'average_precision') =>
    bootstrap(all.length, (sample) => rankOf(ranked, sample)[measure], `${seed} ${measure}`, RANKED_RESAMPLES);
  return {
    auc: rank('auc'),
    averagePrecision: rank('average_precision'),
    sensitivity: of(sensitivityOf, 'sensitivity'),
    delayMedian: of(medianDelayOf, 'delay'),
    falseAlarms: of(falseAlarmRateOf, 'false alarms'),
    byKind: kindsOf(outcomes),
    events: outcomes.reduce((sum, { events }) => sum + events.length, 0),
    patients: all.length,
  };
}

/** The minutes of one patient that are ranked. */
export interface Ranked {
  readonly scores: number[];
  readonly labels: number[];
}

/** Minutes of events (1) and of quiet (0); the time after an event is neither. */
export function rankedMinutes({ minutes, scores, events }: LabelledSeries, aftermath: number): Ranked {
  const quiet = quietMask(minutes, events, aftermath);
  const ranked: Ranked = { scores: [], labels: [] };
  for (let i = 0; i < minutes.length; i += RANKED_EVERY) {
    const minute = minutes[i] as number;
    const inEvent = events.some(({ onset, end }) => minute >= onset && minute <= end);
    if (!inEvent && quiet[i] === 0) continue;
    ranked.scores.push(scores[i] as number);
    ranked.labels.push(inEvent ? 1 : 0);
  }
  return ranked;
}

/** How well the minutes of a sample of patients are told apart. */
export function rankOf(ranked: readonly Ranked[], sample: Uint32Array) {
  const scores: number[] = [];
  const labels: number[] = [];
  for (const i of sample) {
    scores.push(...ranked[i]!.scores);
    labels.push(...ranked[i]!.labels);
  }
  return evaluateScores(Float64Array.from(scores), Uint8Array.from(labels));
}

function sensitivityOf(outcomes: readonly PatientOutcome[]): number {
  const events = outcomes.flatMap((outcome) => outcome.events);
  return events.filter(({ delay }) => delay !== null).length / events.length;
}

function medianDelayOf(outcomes: readonly PatientOutcome[]): number {
  return medianOf(
    outcomes.flatMap((outcome) => outcome.events.flatMap(({ delay }) => (delay === null ? [] : [delay]))),
  );
}

function falseAlarmRateOf(outcomes: readonly PatientOutcome[]): number {
  const alarms = outcomes.reduce((sum, { falseAlarms }) => sum + falseAlarms, 0);
  const minutes = outcomes.reduce((sum, { quietMinutes }) => sum + quietMinutes, 0);
  return (alarms * MINUTES_PER_DAY) / minutes;
}

function kindsOf(outcomes: readonly PatientOutcome[]): KindOutcome[] {
  const events = outcomes.flatMap((outcome) => outcome.events);
  const kinds = [...new Set(events.map(({ kind }) => kind))].sort();
  return kinds.map((kind) => {
    const own = events.filter((event) => event.kind === kind);
    const delays = own.flatMap(({ delay }) => (delay === null ? [] : [delay]));
    return { kind, events: own.length, found: delays.length, delayMedian: medianOf(delays) };
  });
}

function medianOf(values: number[]): number {
  if (values.length === 0) return NaN;
  values.sort((a, b) => a - b);
  const middle = values.length >> 1;
  return values.length % 2 === 1 ? values[middle]! : (values[middle - 1]! + values[middle]!) / 2;
}
