import { conformalThreshold, meanAlarms, quietDays } from '../../model/calibration/conformal.js';
import { MinuteScores } from '../../model/calibration/minute-scores.js';
import type { Persistence } from '../../model/calibration/persistence.js';
import { assess, type Assessment } from '../../model/evaluation/assess.js';
import { outcomeOf, type LabelledSeries } from '../../model/evaluation/detection.js';
import type { Cohort } from './cohort.js';
import type { Detector } from './detectors.js';

/** The patients that thresholds are found on, that they are checked on, and that events are looked for in. */
export interface Cohorts {
  /** Quiet: nobody deteriorates. */
  readonly calibration: Cohort;
  /** Quiet, and other patients. */
  readonly quiet: Cohort;
  /** Other patients again, who deteriorate. */
  readonly unseen: Cohort;
}

/** A false-alarm setting, and what became of it. */
export interface Setting {
  /** Alarms per patient-day that were asked for. */
  readonly target: number;
  /** Null where there were too few quiet days for it. */
  readonly threshold: number | null;
  /** Alarms per patient-day on the calibration patients, and on the quiet ones that were not used for it. */
  readonly calibrated: number | null;
  readonly measured: number | null;
  /** Share of the events of the unseen patients that are found at that threshold. */
  readonly sensitivity: number | null;
}

export interface Comparison {
  readonly detector: Pick<Detector, 'name' | 'description'>;
  readonly settings: readonly Setting[];
  /** On the unseen patients, at the threshold of the main target; null where there is none. */
  readonly assessment: Assessment | null;
}

/** Calibrates each detector alike, and measures it on patients that it has never seen. */
export function compareDetectors(
  detectors: readonly Detector[],
  cohorts: Cohorts,
  targets: readonly number[],
  mainTarget: number,
  persistence: Persistence,
  seed: string,
  progress: (text: string) => void,
): Comparison[] {
  return detectors.map((detector) => {
    progress(`${detector.name}: scores`);
    const calibration = quietDays(seriesOf(cohorts.calibration, detector.score(cohorts.calibration)), persistence);
    const quiet = quietDays(seriesOf(cohorts.quiet, detector.score(cohorts.quiet)), persistence);
    const unseen = seriesOf(cohorts.unseen, detector.score(cohorts.unseen));
    const settings = targets.map((target): Setting => {
      const found = conformalThreshold(calibration, target, persistence);
      if (found === null) return { target, threshold: null, calibrated: null, measured: null, sensitivity: null };
      const measured = meanAlarms(quiet, found.threshold, persistence.rearmMinutes);
      const sensitivity = sensitivityAt(unseen, found.threshold, persistence);
      return { target, threshold: found.threshold, calibrated: found.rate, measured, sensitivity };
    });
    const threshold = settings.find(({ target }) => target === mainTarget)?.threshold ?? null;
    progress(`${detector.name}: events`);
    const assessment = threshold === null ? null : assess(unseen, threshold, persistence, seed);
    return { detector: { name: detector.name, description: detector.description }, settings, assessment };
  });
}

function sensitivityAt(all: readonly LabelledSeries[], threshold: number, persistence: Persistence): number {
  const events = all.flatMap((series) => outcomeOf(series, threshold, persistence).events);
  return events.filter(({ delay }) => delay !== null).length / events.length;
}

/** A series a patient, a minute each: of several readings in a minute the median counts. */
export function seriesOf(cohort: Cohort, scores: Float64Array): LabelledSeries[] {
  const own = cohort.people.map(() => new MinuteScores());
  for (let i = 0; i < cohort.count; i++) own[cohort.patients[i]!]!.add(cohort.times[i]!, scores[i]!);
  return own.map((patient, place) => ({ ...patient.series(), events: cohort.events[place]! }));
}
