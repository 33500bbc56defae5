import { createHash } from 'node:crypto';
import type { LakeSnapshot } from '../../lake/reader.js';
import { hashRows } from '../../model/training-rows.js';
import { rowMajor } from '../../model/matrix.js';
import type { EventTimes } from '../../query/pruned-relations.js';
import { silverRows, silverTimes } from '../../query/readings/read-silver.js';
import { createPatients } from '../../simulator/patients.js';
import { parseTime } from '../../simulator/times.js';
import { codeVersion } from '../code-version.js';
import { silverSet } from '../training/silver-set.js';
import { simulatedSet } from '../training/simulated-set.js';
import { streamFeatures } from '../training/stream-features.js';
import type { TrainingSet } from '../training/training-set.js';
import type { RetrainRequest } from './request.js';

const DAY = 86_400_000;
/** Where there is no silver to train on: two days at a reading every ten minutes, as `vitals model train --simulate`. */
const HISTORY = { to: Date.UTC(2026, 0, 5), days: 2, intervalMs: 600_000, seed: 'retrain history' } as const;

/** The rows of a retraining, and the window of silver that they and its test are of. */
export interface RetrainingData {
  readonly set: TrainingSet;
  readonly window: EventTimes;
  /** Hex SHA-256 of rows, patients, times and options: the same one, the same model. */
  readonly recipe: string;
}

/** Reads the window of silver, or simulates a history; null where silver has fewer readings than it takes. */
export async function retrainingData(snapshot: LakeSnapshot, request: RetrainRequest): Promise<RetrainingData | null> {
  const window = windowOf(snapshot, request);
  const least = request['least-readings'];
  if (request.simulate === undefined && silverRows(snapshot, window) < least) return null;
  const features = streamFeatures(request.algorithm, null);
  const set =
    request.simulate === undefined
      ? await silverSet(snapshot, { ...window, mostReadings: request['most-readings'] }, features)
      : simulatedSet(
          {
            people: createPatients(HISTORY.seed, request.simulate),
            from: HISTORY.to - HISTORY.days * DAY,
            source: `simulated history: ${request.simulate} patients, ${HISTORY.days} days`,
            ...HISTORY,
          },
          features,
        );
  if (request.simulate === undefined && set.data.count < least) return null;
  return { set, window, recipe: recipeOf(set, request) };
}

/** From the newest reading back; without one, nothing. */
function windowOf(snapshot: LakeSnapshot, { from, to, 'window-days': days }: RetrainRequest): EventTimes {
  const end = to === undefined ? (silverTimes(snapshot)?.to ?? 0) : parseTime('--to', to);
  return { from: from === undefined ? end - days * DAY : parseTime('--from', from), to: end };
}

function recipeOf({ data, series, patientIds, features }: TrainingSet, request: RetrainRequest): string {
  const hash = createHash('sha256').update(hashRows(data));
  if (series !== null) {
    hash.update(hashRows(rowMajor(series.times, data.count, 1)));
    for (const place of series.patients) hash.update(`${patientIds?.[place]}\n`);
  }
  const { algorithm, seed, holdout, 'false-alarms': falseAlarms } = request;
  const quiet = [request['quiet-patients'], request['quiet-days']];
  const options = [features, algorithm, seed, holdout, falseAlarms, quiet, codeVersion()];
  return hash.update(JSON.stringify(options)).digest('hex');
}
