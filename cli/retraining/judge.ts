import type { Difference, Measure } from '../../model/evaluation/difference.js';
import type { HeldOutAlarms } from './compare-models.js';

/** What was found of a candidate and the champion, and the verdict. */
export interface Verdict {
  readonly isWorse: boolean;
  /** In words, for gold.model_events: no patient is named. */
  readonly reason: string;
}

/** What a candidate may be worse by and still be no worse. */
export interface Terms {
  readonly measure: Measure;
  readonly margin: number;
  /** Alarms per patient-day that were asked for. */
  readonly falseAlarms: number;
}

/**
 * Not worse: the whole 95 % interval of the difference is above the margin (a test of non-inferiority), and on the held-out quiet
 * days of silver the candidate has not certainly more false alarms than the champion and more than were asked for.
 */
export function judge({ candidate, champion, difference }: Difference, alarms: HeldOutAlarms, terms: Terms): Verdict {
  const { measure, margin, falseAlarms } = terms;
  const { low, high, estimate } = difference;
  const isInferior = !(low >= -margin);
  const isNoisier =
    alarms.difference !== null && alarms.difference.low > 0 && (alarms.candidate as number) > falseAlarms;
  const name = measure === 'auc' ? 'AUC' : `events found at ${falseAlarms} false alarms a day`;
  const compared =
    `${name} ${candidate.toFixed(3)}, champion ${champion.toFixed(3)}, difference ${estimate.toFixed(3)} ` +
    `(95 % from ${low.toFixed(3)} to ${high.toFixed(3)}), margin ${margin}, on simulated scenarios`;
  const silver =
    alarms.candidate === null
      ? 'no quiet day of silver was held out'
      : `false alarms on ${alarms.patientDays} held-out quiet days of silver ${alarms.candidate.toFixed(2)} a day, champion ${alarms.champion!.toFixed(2)}`;
  const verdict = isInferior ? 'may be worse than the champion' : isNoisier ? 'has more false alarms' : 'not worse';
  return { isWorse: isInferior || isNoisier, reason: `${verdict}: ${compared}; ${silver}` };
}
