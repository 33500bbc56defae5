import type { LakeSnapshot } from '../../lake/reader.js';
import type { TrainedModel } from '../../model/algorithms.js';
import { thresholdFor } from '../../model/calibration/calibration.js';
import type { PatientDays } from '../../model/calibration/calibrate.js';
import { conformalThreshold, meanAlarms, quietDays } from '../../model/calibration/conformal.js';
import { DEFAULT_PERSISTENCE } from '../../model/calibration/persistence.js';
import { bootstrap, type Interval } from '../../model/evaluation/bootstrap.js';
import { differenceOf, type Difference, type Scored } from '../../model/evaluation/difference.js';
import { isHeldOut } from '../../model/split-rows.js';
import type { EventTimes } from '../../query/pruned-relations.js';
import { silverQuietDays } from '../calibration/quiet-silver.js';
import { measureQuiet } from '../calibration/measure.js';
import type { Cohort } from '../evaluation/cohort.js';
import { seriesOf } from '../evaluation/compare-detectors.js';
import { modelDetector } from '../evaluation/detectors.js';

const PERSISTENCE = DEFAULT_PERSISTENCE;

/** The simulated patients that two models are compared on: quiet ones to set equal rates with, and those who deteriorate. */
export interface ComparedCohorts {
  readonly quiet: Cohort;
  readonly unseen: Cohort;
}

/** Compares two models on labelled scenarios that neither has seen. */
export function compareOnScenarios(
  candidate: TrainedModel,
  champion: TrainedModel,
  { quiet, unseen }: ComparedCohorts,
  falseAlarms: number,
  measure: 'auc' | 'sensitivity',
): Difference {
  const scored = (model: TrainedModel): Scored => {
    const { score } = modelDetector(model);
    const days = quietDays(seriesOf(quiet, score(quiet)), PERSISTENCE);
    const threshold = conformalThreshold(days, falseAlarms, PERSISTENCE)?.threshold ?? NaN;
    return { series: seriesOf(unseen, score(unseen)), threshold };
  };
  return differenceOf(scored(candidate), scored(champion), measure, PERSISTENCE, 'retrain');
}

/** False alarms of two models on the quiet days of silver that the candidate was not trained on, each at its own thresholds. */
export interface HeldOutAlarms {
  readonly patientDays: number;
  /** Per patient-day; null without a day. */
  readonly candidate: number | null;
  readonly champion: number | null;
  /** Candidate less champion; null without a day. */
  readonly difference: Interval | null;
}

/** Measures {@link HeldOutAlarms} on the patients and the time that were held out. */
export async function compareOnSilver(
  snapshot: LakeSnapshot,
  candidate: TrainedModel,
  champion: TrainedModel,
  times: EventTimes,
  holdout: number,
): Promise<HeldOutAlarms> {
  const heldOut = (patient: string) => isHeldOut(patient, holdout);
  const quiet = async (model: TrainedModel) =>
    (await silverQuietDays(snapshot, model, times, PERSISTENCE, heldOut)).quiet.filter(({ days }) => days.length > 0);
  const [a, b] = [await quiet(candidate), await quiet(champion)];
  const patientDays = a.reduce((sum, { days }) => sum + days.length, 0);
  if (patientDays === 0) return { patientDays, candidate: null, champion: null, difference: null };
  const rate = (model: TrainedModel, days: readonly PatientDays[]) =>
    measureQuiet(model, days, PERSISTENCE.rearmMinutes).at(-1)!.rate;
  const [own, other] = [alarmsOf(candidate, a), alarmsOf(champion, b)];
  const difference = bootstrap(
    a.length,
    (sample) => meanOf(sample, own) - meanOf(sample, other),
    'retrain held-out alarms',
  );
  return { patientDays, candidate: rate(candidate, a), champion: rate(champion, b), difference };
}

function alarmsOf(model: TrainedModel, quiet: readonly PatientDays[]): number[] {
  return quiet.map(({ ward, days }) => meanAlarms(days, thresholdFor(model, ward), PERSISTENCE.rearmMinutes));
}

function meanOf(sample: Uint32Array, values: readonly number[]): number {
  let sum = 0;
  for (const place of sample) sum += values[place]!;
  return sum / sample.length;
}
