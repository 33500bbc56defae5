import type { Measure } from '../../model/evaluation/difference.js';
import { ConfigurationError } from '../../schema/errors.js';
import { leastDays } from '../../model/calibration/calibrate.js';
import { checkHoldout } from '../../model/split-rows.js';

/** What `vitals model retrain` was asked. */
export interface RetrainRequest {
  readonly lake: string;
  readonly who: string;
  readonly algorithm: 'forest' | 'autoencoder';
  readonly simulate: number | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly 'window-days': number;
  readonly 'most-readings': number;
  /** Of fewer readings of silver no model is made: a lake that has just begun is no failure. */
  readonly 'least-readings': number;
  readonly holdout: number;
  readonly seed: number;
  readonly 'false-alarms': number;
  readonly measure: Measure;
  readonly margin: number;
  /** What becomes of a candidate that is not worse. */
  readonly then: 'challenge' | 'promote';
  readonly patients: number;
  readonly days: number;
  readonly 'quiet-patients': number;
  readonly 'quiet-days': number;
  readonly json: boolean;
}

/** Refuses before anything is read. @throws ConfigurationError naming the flag */
export function checkRetrain(request: RetrainRequest): void {
  for (const flag of [
    'window-days',
    'most-readings',
    'least-readings',
    'patients',
    'days',
    'quiet-patients',
    'quiet-days',
    'simulate',
  ] as const) {
    const value = request[flag];
    if (value === undefined || (Number.isInteger(value) && value >= 1)) continue;
    throw new ConfigurationError(`--${flag}`, `${value} is not a whole number of at least 1`, 'Give a whole number.');
  }
  checkHoldout(request.holdout);
  const { margin, 'false-alarms': rate } = request;
  if (!(margin >= 0 && margin < 1)) {
    throw new ConfigurationError(
      '--margin',
      `${margin} is not from 0 to 1`,
      'Give how much worse is still no worse: 0.01.',
    );
  }
  if (!(rate > 0)) throw new ConfigurationError('--false-alarms', `${rate} is not above 0`, 'Give a rate such as 0.5.');
  const quiet = request['quiet-patients'] * request['quiet-days'];
  if (quiet >= leastDays(rate)) return;
  const problem = `${rate} a day cannot be calibrated on ${quiet} patient-days`;
  throw new ConfigurationError('--false-alarms', problem, 'Raise --quiet-patients or --quiet-days.');
}
