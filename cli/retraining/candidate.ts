import type { LakeSnapshot } from '../../lake/reader.js';
import type { TrainedModel } from '../../model/algorithms.js';
import { calibrateWards, leastDays, type PatientDays } from '../../model/calibration/calibrate.js';
import { DEFAULT_PERSISTENCE } from '../../model/calibration/persistence.js';
import { remakeModel } from '../../model/remake.js';
import { isHeldOut } from '../../model/split-rows.js';
import { silverQuietDays } from '../calibration/quiet-silver.js';
import { SIMULATED_UNIT_TYPES, simulateQuietDays } from '../calibration/quiet-simulated.js';
import { codeVersion } from '../code-version.js';
import { trainOnSet } from '../training/train-set.js';
import type { RetrainRequest } from './request.js';
import type { RetrainingData } from './training-data.js';

/** Trains a candidate and calibrates it, on patients and a time that its test is not of. */
export async function makeCandidate(
  snapshot: LakeSnapshot,
  { set, window, recipe }: RetrainingData,
  request: RetrainRequest,
): Promise<TrainedModel> {
  const options = { seed: request.seed, codeVersion: codeVersion() };
  const trained = await trainOnSet(request.algorithm, set, options, request.holdout);
  const quiet = await quietOf(snapshot, trained, window, request);
  const { calibration } = calibrateWards(quiet.days, {
    ...{ falseAlarms: request['false-alarms'], persistence: DEFAULT_PERSISTENCE, by: 'ward' },
    ...{ unitTypes: quiet.unitTypes, source: quiet.source },
  });
  return remakeModel(trained, { calibration, recipe });
}

/** Quiet days of silver that are not tested on; where they are too few for the rate, simulated ones. */
async function quietOf(
  snapshot: LakeSnapshot,
  model: TrainedModel,
  window: RetrainingData['window'],
  request: RetrainRequest,
): Promise<{ days: readonly PatientDays[]; source: string; unitTypes: ReadonlyMap<string, string> }> {
  const { holdout, simulate } = request;
  if (simulate === undefined) {
    const cut = model.training.split?.cut ?? window.to;
    const learned = (patient: string) => !isHeldOut(patient, holdout);
    const times = { from: window.from, to: cut };
    const { quiet } = await silverQuietDays(snapshot, model, times, DEFAULT_PERSISTENCE, learned);
    const count = quiet.reduce((sum, { days }) => sum + days.length, 0);
    if (count >= leastDays(request['false-alarms'])) {
      return { days: quiet, source: 'quiet patient-days of silver', unitTypes: new Map() };
    }
  }
  const cohort = { patients: request['quiet-patients'], days: request['quiet-days'], seed: 'retrain calibration' };
  const days = simulateQuietDays(model, cohort, DEFAULT_PERSISTENCE);
  const wards = days.flatMap(({ ward }) => (ward === null ? [] : [ward]));
  return { days, source: 'simulated quiet patients', unitTypes: SIMULATED_UNIT_TYPES(wards) };
}
