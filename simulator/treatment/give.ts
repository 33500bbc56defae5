import type { ProfileName } from '../profiles.js';
import type { Random } from '../random.js';
import type { Treatment } from '../scenarios.js';
import { REMEDIES, type Intervention } from './intervention.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * Least and greatest delay between a sign that calls for help and the help, minutes, at severity 0.6: by how closely the
 * patients are watched. Plausible, not measured.
 */
const DELAY: Readonly<Record<ProfileName, readonly [number, number]>> = {
  intensive: [3, 15],
  intermediate: [8, 40],
  general: [15, 100],
};

/** The course of an episode as far as treatment looks at it. */
interface Course {
  readonly severity: number;
  readonly onset: number;
  readonly peak: number;
  readonly recovery: number;
  readonly end: number;
}

/**
 * What staff do about an episode: each treatment of its scenario once its intensity has called for it and somebody has
 * come, sooner the worse it is. None that would come when the patient is half-way recovered.
 * @param notBefore nothing is given earlier, epoch ms
 */
export function giveTreatments(
  treatments: readonly Treatment[],
  course: Course,
  profile: ProfileName,
  notBefore: number,
  random: Random,
): Intervention[] {
  return treatments.flatMap((treatment) => {
    const delay = MINUTE * (1.6 - course.severity) * treatment.delay * random.between(...DELAY[profile]);
    if (treatment.from > course.severity) return [];
    const called = course.onset + risingShare(treatment.from / course.severity) * (course.peak - course.onset);
    const time = Math.round(Math.max(called, notBefore) + delay);
    if (time >= (course.recovery + course.end) / 2) return [];
    return dosesFrom(time, treatment, course);
  });
}

/** Share of a dose's time after which it is repeated, so that it does not wear off while it is needed. */
const REPEAT_AFTER = 0.8;

function dosesFrom(first: number, treatment: Treatment, course: Course): Intervention[] {
  const { kind } = treatment;
  const { lasts } = REMEDIES[kind];
  if (lasts === null) return [{ kind, time: first, end: endOf(treatment, course, first) }];
  const length = Math.round(lasts * HOUR);
  const doses = [{ kind, time: first, end: first + length }];
  const needed = (course.recovery + course.end) / 2;
  for (let time = first + REPEAT_AFTER * length; time < needed; time += REPEAT_AFTER * length) {
    doses.push({ kind, time, end: time + length });
  }
  return doses;
}

/** Oxygen is weaned when the intensity is half of what called for it; the rest lasts as its remedy says. */
function endOf({ kind, from }: Treatment, course: Course, time: number): number {
  if (kind !== 'oxygen') return course.end;
  const share = risingShare(from / 2 / course.severity);
  return Math.max(time + 30 * MINUTE, Math.round(course.end - share * (course.end - course.recovery)));
}

/** Share of a smooth rise (3x^2 - 2x^3) at which it reaches `level`. */
function risingShare(level: number): number {
  return 0.5 - Math.sin(Math.asin(1 - 2 * level) / 3);
}
