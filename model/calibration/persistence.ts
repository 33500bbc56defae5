/**
 * When anomalous minutes are an alarm: `k` of the last `n` minutes, and then silence until there has been none for
 * `rearmMinutes`. One noisy second, or minute, is no alarm.
 */
export interface Persistence {
  readonly k: number;
  readonly n: number;
  readonly rearmMinutes: number;
}

/** 3 of 5 minutes, armed again after half an hour without any. Our choice: the evaluation report shows what it gives. */
export const DEFAULT_PERSISTENCE: Persistence = { k: 3, n: 5, rearmMinutes: 30 };

/** The scores of one patient, a minute each, in order of time; a minute that is left out, or NaN, has no score. */
export interface ScoreSeries {
  /** Minutes since the epoch, strictly rising. */
  readonly minutes: Int32Array;
  readonly scores: Float64Array;
}

/**
 * The persistent score of each minute: the k-th greatest of the last n minutes, so that k of n minutes are at or above a
 * threshold exactly where it is. NaN where fewer than k of them have a score: what is missing is no evidence.
 */
export function persistentScores({ minutes, scores }: ScoreSeries, { k, n }: Persistence): Float64Array {
  const window: number[] = [];
  return scores.map((_, i) => {
    window.length = 0;
    const oldest = (minutes[i] as number) - n;
    for (let j = i; j >= 0 && (minutes[j] as number) > oldest; j--) {
      const score = scores[j] as number;
      if (score === score) window.push(score);
    }
    if (window.length < k) return NaN;
    window.sort((a, b) => b - a);
    return window[k - 1] as number;
  });
}

/** The minutes at which alarms begin, given persistent scores. */
export function alarmMinutes(
  minutes: Int32Array,
  persistent: Float64Array,
  threshold: number,
  rearmMinutes: number,
): number[] {
  const alarms: number[] = [];
  let lastAbove = -Infinity;
  for (let i = 0; i < minutes.length; i++) {
    if (!((persistent[i] as number) >= threshold)) continue;
    const minute = minutes[i] as number;
    if (minute - lastAbove > rearmMinutes) alarms.push(minute);
    lastAbove = minute;
  }
  return alarms;
}
