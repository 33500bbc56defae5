import { alarmMinutes, persistentScores, type Persistence, type ScoreSeries } from './persistence.js';

const MINUTES_PER_DAY = 1440;

/** Alarms of one patient and day count as so many at most: the bound that risk control needs; a day with more is bad enough. */
export const MOST_ALARMS_A_DAY = 10;

/** Thresholds that are tried: quantiles of what a day's highest persistent scores are. */
const CANDIDATES = 400;

/** A threshold, and what it was found on. */
export interface CalibratedThreshold {
  readonly threshold: number;
  /** Alarms per patient-day on the calibration data, at that threshold. */
  readonly rate: number;
  readonly patientDays: number;
}

/** A patient's day of quiet, cut from a series: what is exchangeable with a day to come. */
export interface QuietDay {
  readonly minutes: Int32Array;
  readonly persistent: Float64Array;
}

/** Cuts series of quiet patients into days of UTC. @param least minutes with a score that make a day worth counting */
export function quietDays(series: readonly ScoreSeries[], persistence: Persistence, least = 720): QuietDay[] {
  return series.flatMap((one) => {
    const persistent = persistentScores(one, persistence);
    const days: QuietDay[] = [];
    for (let start = 0; start < one.minutes.length;) {
      const day = Math.floor((one.minutes[start] as number) / MINUTES_PER_DAY);
      let end = start;
      while (end < one.minutes.length && Math.floor((one.minutes[end] as number) / MINUTES_PER_DAY) === day) end++;
      if (end - start >= least) {
        days.push({ minutes: one.minutes.subarray(start, end), persistent: persistent.subarray(start, end) });
      }
      start = end;
    }
    return days;
  });
}

/**
 * The least threshold whose expected alarms on a new patient-day are at most `target`: conformal risk control
 * (Angelopoulos, Bates, Fisch, Lei and Schuster, ICLR 2024): with n days of calibration and a loss of at most B,
 * (n * mean + B) / (n + 1) <= target. It holds for days that are exchangeable with those of the calibration, and no others.
 *
 * Alarms that merge make the count fall again at low thresholds, so a threshold counts with the greatest rate of it and all
 * above it.
 *
 * @param target alarms per patient-day, above 0
 * @returns null where there are too few days for the target: n must be above B / target - 1, for .1 a day 99
 */
export function conformalThreshold(
  days: readonly QuietDay[],
  target: number,
  { rearmMinutes }: Pick<Persistence, 'rearmMinutes'>,
): CalibratedThreshold | null {
  const n = days.length;
  const allowed = ((n + 1) * target - MOST_ALARMS_A_DAY) / n;
  if (!(allowed >= 0)) return null;
  let best: CalibratedThreshold | null = null;
  for (const threshold of candidates(days)) {
    const rate = meanAlarms(days, threshold, rearmMinutes);
    if (rate > allowed) break;
    best = { threshold, rate, patientDays: n };
  }
  return best;
}

/** Alarms per patient-day at a threshold. */
export function meanAlarms(days: readonly QuietDay[], threshold: number, rearmMinutes: number): number {
  let sum = 0;
  for (const { minutes, persistent } of days) {
    sum += Math.min(MOST_ALARMS_A_DAY, alarmMinutes(minutes, persistent, threshold, rearmMinutes).length);
  }
  return sum / days.length;
}

/** From one that nothing reaches, down: each distinct value among the highest scores of days. */
function candidates(days: readonly QuietDay[]): number[] {
  const highest = days.map(({ persistent }) => maximum(persistent)).filter((score) => score > -Infinity);
  const all = Float64Array.from([...highest, ...days.flatMap(({ persistent }) => upperValues(persistent))]).sort();
  const steps = Math.min(CANDIDATES, all.length);
  const chosen = Array.from({ length: steps }, (_, i) => all[all.length - 1 - Math.floor((i * all.length) / steps)]!);
  const top = all.at(-1) ?? 0;
  return [...new Set([nextUp(top), ...chosen])].sort((a, b) => b - a);
}

/** A few of the highest values of a day: where thresholds of more than one alarm a day lie. */
function upperValues(persistent: Float64Array): number[] {
  const present = persistent.filter((score) => score === score).sort();
  return [0.999, 0.99, 0.95, 0.9].map((share) => present[Math.floor(share * (present.length - 1))]!).filter(isNumber);
}

function isNumber(value: number | undefined): value is number {
  return value !== undefined;
}

function maximum(values: Float64Array): number {
  let most = -Infinity;
  for (const value of values) if (value > most) most = value;
  return most;
}

/** Above every score that was seen. */
function nextUp(value: number): number {
  return value + Math.max(1e-9, Math.abs(value) * 1e-9);
}
